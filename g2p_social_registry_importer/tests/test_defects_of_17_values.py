"""What was wrong with phones and other values in 17.0, by its number in the list of defects."""

from odoo.tests import tagged

from .common import INDIVIDUALS, ImporterCase
from .people import household, person, phone

OLD = "+254 712 345 678"


@tagged("post_install", "-at_install")
class TestDefectsOf17Values(ImporterCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.importer.company_id.country_id = cls.env.ref("base.ke")
        cls.importer.write({"target_registry": "individual", "query": INDIVIDUALS})

    def _have(self, **fields):
        """Import a person with these fields. Returns the run."""
        return self.change_and_import(person("p1", "OTIENO, AMARA", "N-1", **fields))

    @property
    def amara(self):
        return self.holder("N-1")

    # -- phones ------------------------------------------------------------------------------------

    def test_b14_the_same_number_written_otherwise_is_the_same(self):
        self._have(phones=[phone(OLD)])
        number = self.amara.phone_number_ids
        for written in ("+254712345678", "0712 345678", "+254 (712) 345-678"):
            self.assertOutcome(self._have(phones=[phone(written)]), unchanged=1)
            self.assertEqual(self.amara.phone_number_ids, number)

    def test_b14_an_update_adds_no_number_again(self):
        self._have(phones=[phone(OLD)])
        self.assertOutcome(self._have(phones=[phone(OLD)], address="Kilima Road 4"), updated=1)
        self.assertEqual(self.amara.phone_number_ids.mapped("phone_no"), [OLD])

    def test_b14_a_number_nobody_can_dial_stops_nobody(self):
        run = self._have(phones=[phone("12"), phone(OLD)])
        self.assertOutcome(run, created=1)
        self.assertCodes(run, "invalid_value")
        self.assertEqual(len(self.amara.phone_number_ids), 2)

    # -- fields ------------------------------------------------------------------------------------

    def test_b18_a_value_that_does_not_fit_is_left_out_and_the_rest_goes_in(self):
        self._have(gender="Female", address="Kilima Road 4")
        run = self._have(gender="Unheard-of", address="Mto Street 11")
        self.assertOutcome(run, updated=1)
        self.assertCodes(run, "invalid_value")
        self.assertEqual(run.issue_ids.field_path, "gender")
        self.assertEqual((self.amara.gender, self.amara.address), ("Female", "Mto Street 11"))

    def test_b18_a_field_that_is_not_here_is_named_and_stops_nobody(self):
        self.importer.query = INDIVIDUALS.replace("gender", "birthPlace")
        self.data_source.data_source_field_mapping_ids = [
            (0, 0, {"key": "birthPlace", "value": "nickname"})
        ]
        run = self._have(birth_place="Nyeri")
        self.assertOutcome(run, created=1)
        self.assertEqual(run.unknown_fields, "birthPlace")

    def test_b18_a_household_stays_one_although_the_query_does_not_ask_what_it_is(self):
        self.importer.write(
            {
                "target_registry": "group",
                "query": "{ getRegistrants { name regIds { idTypeAsStr value } } }",
            }
        )
        for name in ("Otieno household", "Otieno-Ñandú household"):
            self.change_and_import(household("h1", name, "C-1"))
            self.assertTrue(self.holder("C-1").is_group)

    # -- where from --------------------------------------------------------------------------------

    def test_b28_who_was_imported_can_be_searched_for(self):
        self._have()
        flag = "ind_is_imported_from_social_registry"
        contact = self.env["res.partner"].create({"name": "Duka la Kijiji"})
        self.assertEqual((self.amara[flag], contact[flag]), (True, False))
        found = self.env["res.partner"].search([(flag, "=", True)])
        self.assertEqual(found & (self.amara | contact), self.amara)
        self.assertIn(contact, self.env["res.partner"].search([(flag, "=", False)]))
