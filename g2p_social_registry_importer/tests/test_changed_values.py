from odoo.fields import Date
from odoo.tests import tagged

from .common import INDIVIDUALS, ImporterCase
from .people import household, person


@tagged("post_install", "-at_install")
class TestChangedValues(ImporterCase):
    """Plain fields of a registrant follow the source."""

    def setUp(self):
        super().setUp()
        self.amara = person(
            "p1", "OTIENO, AMARA", "N-1", birthdate="1990-05-01", email="amara@example.test"
        )
        self.import_records(
            self.amara, household("h1", "Otieno household", "C-1", ["p1"], address="Kilima Road 4")
        )

    def _map(self, key, value, clears=False):
        self.data_source.data_source_field_mapping_ids = [
            (0, 0, {"key": key, "value": value, "clear_on_null": clears})
        ]

    def test_a_changed_field_of_the_household_is_updated(self):
        run = self.change_and_import({"key": "h1", "address": "Mto Street 11"})
        self.assertOutcome(run, updated=1)
        self.assertEqual(run.member_unchanged_count, 1)
        self.assertEqual(self.holder("C-1").address, "Mto Street 11")
        links = self.importer.imported_registrant_ids
        self.assertEqual(links.filtered("is_updated").registrant_id, self.holder("C-1"))

    def test_a_changed_field_of_a_member_updates_the_person_and_counts_the_household(self):
        run = self.change_and_import({"key": "p1", "birthdate": "1991-05-01"})
        self.assertOutcome(run, updated=1)
        self.assertEqual(run.member_updated_count, 1)
        self.assertEqual(self.holder("N-1").birthdate, Date.to_date("1991-05-01"))

    def test_b18_a_null_leaves_the_field_alone(self):
        run = self.change_and_import({"key": "p1", "email": None, "birthdate": None})
        self.assertOutcome(run, unchanged=1)
        self.assertEqual(self.holder("N-1").email, "amara@example.test")
        self.assertTrue(self.holder("N-1").birthdate)

    def test_a_null_clears_the_field_where_the_mapping_says_so(self):
        self._map("email", "email", clears=True)
        self.run_import()
        run = self.change_and_import({"key": "p1", "email": None, "birthdate": None})
        self.assertOutcome(run, updated=1)
        self.assertFalse(self.holder("N-1").email)
        self.assertTrue(self.holder("N-1").birthdate)

    def test_a_field_not_asked_for_is_left_alone(self):
        importer = self._create_importer(
            name="Names only", query="{ getRegistrants { name regIds { idTypeAsStr value } } }"
        )
        self.social_registry.patch_registrants([{"key": "h1", "address": "Mto Street 11"}])
        self.run_import(importer)
        self.assertEqual(self.holder("C-1").address, "Kilima Road 4")
        self.assertEqual(self.rows(self.holder("C-1")).individual, self.holder("N-1"))

    def test_the_mapping_of_the_data_source_says_where_a_field_goes(self):
        self._map("birthPlace", "occupation")
        self.change_and_import({"key": "p1", "birth_place": "Boatbuilder"})
        self.assertEqual(self.holder("N-1").occupation, "Boatbuilder")
        self.assertFalse(self.holder("N-1").birth_place)

    def test_what_was_changed_here_is_put_right_when_the_source_changes_the_record(self):
        self.holder("C-1").address = "Typed in here by mistake"
        self.assertOutcome(self.run_import(), unchanged=1)
        run = self.change_and_import({"key": "h1", "name": "Otieno-Ñandú household"})
        self.assertOutcome(run, updated=1)
        self.assertEqual(self.holder("C-1").address, "Kilima Road 4")

    def test_a_value_that_does_not_fit_is_left_out_and_the_rest_goes_in(self):
        run = self.change_and_import({"key": "p1", "email": "no address", "address": "Mto 11"})
        self.assertOutcome(run, updated=1)
        self.assertCodes(run, "invalid_value")
        issue = run.issue_ids
        self.assertEqual(issue.field_path, "groupMembershipIds[0].individual.email")
        self.assertEqual((issue.record_number, issue.outcome), (1, "updated"))
        self.assertEqual(
            (issue.record_label, issue.registrant_id.name),
            ("Test Household Card C-1", "Otieno household"),
        )
        self.assertNotIn("no address", issue.reason)
        self.assertEqual(self.holder("N-1").email, "amara@example.test")
        self.assertEqual(self.holder("N-1").address, "Mto 11")

    def test_fields_unknown_here_are_named_on_the_run(self):
        self.importer.query = INDIVIDUALS.replace("gender", "nickname: birthPlace kind")
        self._map("birthPlace", "nickname")
        self.assertEqual(self.run_import().unknown_fields, "birthPlace")
