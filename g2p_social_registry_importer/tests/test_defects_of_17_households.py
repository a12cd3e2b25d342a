"""What was wrong with households in 17.0, by its number in the list of known defects."""

from odoo.tests import tagged

from .common import ImporterCase
from .people import families, household, person


@tagged("post_install", "-at_install")
class TestDefectsOf17Households(ImporterCase):
    def _current(self, card):
        return self.rows(self.holder(card)).filtered(lambda row: not row.is_ended)

    def test_b01_a_member_with_an_identifier_does_not_stop_the_household(self):
        self.assertOutcome(self.import_records(*families(1, size=2)), created=1)
        people = self.rows(self.holder("C-0")).individual
        self.assertEqual(set(people.reg_ids.mapped("value")), {"N-0-0", "N-0-1"})

    def test_b02_a_second_import_doubles_no_member(self):
        self.import_records(*families(2, size=3))
        people = self.rows(self.holder("C-0")).individual
        run = self.change_and_import({"key": "h0", "address": "Kilima Road 4"})
        self.assertOutcome(run, updated=1, unchanged=1)
        self.assertEqual(run.member_created_count, 0)
        self.assertEqual(self.rows(self.holder("C-0")).individual, people)
        self.assertEqual(self.env["res.partner"].search_count([("name", "like", "OTIENO")]), 6)

    def test_b02_the_head_does_not_stop_the_second_import(self):
        self.import_records(*families(1, size=2))
        run = self.change_and_import({"key": "h0", "address": "Kilima Road 4"})
        self.assertOutcome(run, updated=1)
        self.assertEqual(self._current("C-0").mapped("kind"), self.head)
        self.assertEqual(self.holder("C-0").head_id, self.holder("N-0-0"))

    def test_b20_a_member_of_an_unknown_kind_joins_without_it_until_the_kind_exists(self):
        run = self.import_records(
            person("p1", "OTIENO, AMARA", "N-1"),
            household("h1", "Otieno household", "C-1", [("p1", "Test Shaman")]),
        )
        self.assertCodes(run, "unknown_member_kind")
        self.assertEqual(self.rows(self.holder("C-1")).individual, self.holder("N-1"))
        self.assertFalse(self.rows(self.holder("C-1")).kind)
        self.env["g2p.group.membership.kind"].create({"name": "TEST SHAMAN"})
        self.assertOutcome(self.run_import(), updated=1)
        self.assertEqual(self.rows(self.holder("C-1")).kind.name, "TEST SHAMAN")

    def test_b20_a_place_without_a_person_does_not_stop_the_household(self):
        run = self.import_records(
            person("p1", "OTIENO, AMARA", "N-1"),
            household("h1", "Otieno household", "C-1", [None, "p1"]),
        )
        self.assertEqual(run.created_count, 1)
        self.assertCodes(run, "member_without_individual")
        self.assertEqual(self.rows(self.holder("C-1")).individual, self.holder("N-1"))

    def test_b27_members_are_linked_with_the_import_and_know_their_source(self):
        self.import_records(*families(1, size=2))
        everybody = self.holder("C-0") | self.rows(self.holder("C-0")).individual
        links = self.importer.imported_registrant_ids
        self.assertEqual(links.registrant_id, everybody)
        self.assertEqual(links.filtered("is_group").registrant_id, self.holder("C-0"))
        self.assertEqual(everybody.data_source_id, self.data_source)

    def test_b27_an_imported_registrant_can_be_deleted(self):
        self.import_records(*families(1, size=2))
        self.holder("N-0-1").unlink()
        self.holder("C-0").unlink()
        self.assertEqual(self.importer.imported_registrant_ids.registrant_id, self.holder("N-0-0"))

    def test_b27_an_import_with_a_history_can_be_deleted_and_the_people_stay(self):
        self.import_records(*families(1, size=2))
        self.importer.unlink()
        self.assertEqual(len(self.rows(self.holder("C-0")).individual), 2)

    def test_b27_an_import_tells_what_happened_to_each_registrant_and_when(self):
        run = self.import_records(*families(1, size=1))
        links = self.importer.imported_registrant_ids
        self.assertTrue(all(links.mapped("last_seen")))
        self.assertEqual((links.last_run_id, links.mapped("is_created")), (run, [True, True]))
