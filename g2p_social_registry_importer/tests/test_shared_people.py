from odoo.tests import tagged

from .common import ImporterCase
from .people import NATIONAL, household, identifier, person, phone

VOTER = "Test Voter ID"


@tagged("post_install", "-at_install")
class TestSharedPeople(ImporterCase):
    """People who are in several households, and registrants whom several records mean."""

    def _members(self, card):
        return self.rows(self.holder(card)).filtered(lambda row: not row.is_ended).individual

    def test_who_was_changed_by_another_household_is_put_right_by_the_same_record_as_before(self):
        home = [
            person("p1", "OTIENO, AMARA", "N-1", address="Kilima Road 4"),
            household("h1", "Otieno household", "C-1", ["p1"]),
        ]
        self.import_records(*home)
        self.import_records(
            person("p1", "OTIENO, AMARA", "N-1", address="Mto Street 11"),
            household("h2", "Household of in-laws", "C-2", ["p1"]),
        )
        self.assertEqual(self.holder("N-1").address, "Mto Street 11")
        run = self.import_records(*home)
        self.assertOutcome(run, updated=1)
        self.assertEqual(self.holder("N-1").address, "Kilima Road 4")

    def test_who_is_in_two_households_of_the_source_is_listed_until_he_is_in_one(self):
        amara = person("p1", "OTIENO, AMARA", "N-1")
        homes = [household(f"h{n}", f"Household {n}", f"C-{n}", ["p1"]) for n in (1, 2)]
        first, again = self.import_records(amara, *homes), self.run_import()
        self.assertOutcome(first, "done", created=2)
        self.assertOutcome(again, "done", unchanged=2)
        for run in (first, again):
            self.assertCodes(run, "several_households")
            self.assertEqual(run.issue_ids.registrant_id, self.holder("N-1"))
            self.assertIn("Have the source say", run.issue_ids.reason)
            self.assertIn("Issues to look at: 1.", run.state_text)
        again._settle()
        self.assertCodes(again, "several_households")
        run = self.change_and_import(household("h1", "Household 1", "C-1"))
        self.assertOutcome(run, "done", updated=1, unchanged=1)
        self.assertFalse(run.issue_ids)

    def test_who_moves_is_in_one_household_whichever_comes_first(self):
        self.importer.page_size = 1
        people = [person(f"p{n}", f"OTIENO, {n}", f"N-{n}") for n in (1, 2)]
        homes = [household(f"h{n}", f"Household {n}", f"C-{n}", [f"p{n}"]) for n in (1, 2)]
        self.import_records(*people, *homes)
        run = self.change_and_import(
            household("h1", "Household 1", "C-1", ["p2"]),
            household("h2", "Household 2", "C-2", ["p1"]),
        )
        self.assertOutcome(run, "done", updated=2)
        self.assertFalse(run.issue_ids)

    def test_whom_a_person_put_into_a_second_household_the_source_need_not_explain(self):
        people = [person("p1", "OTIENO, AMARA", "N-1"), person("p2", "OTIENO, BARAKA", "N-2")]
        homes = [household(f"h{n}", f"Household {n}", f"C-{n}", [f"p{n}"]) for n in (1, 2)]
        self.import_records(*people, *homes)
        self.env["g2p.group.membership"].create(
            {"group": self.holder("C-2").id, "individual": self.holder("N-1").id}
        )
        self.assertFalse(self.run_import().issue_ids)

    def test_a_member_without_identifier_of_two_households_is_written_once(self):
        amara = [person("p1", "OTIENO, AMARA", "N-1")]
        homes = [household(f"h{n}", f"Household {n}", f"C-{n}", ["p1"]) for n in (1, 2)]
        self.import_records(*amara, *homes)
        number = phone("+254 712 345 678")
        run = self.change_and_import(person("p1", "OTIENO, AMARA", phones=[number]))
        self.assertOutcome(run, updated=2)
        self.assertEqual(self._members("C-1"), self._members("C-2"))
        self.assertEqual(len(self._members("C-1").phone_number_ids), 1)

    def test_two_records_that_mean_one_registrant_are_left_to_a_person(self):
        self.env["g2p.id.type"].create({"name": VOTER})
        ids = [identifier(NATIONAL, "N-1"), identifier(VOTER, "V-1")]
        home = household("h1", "Otieno household", "C-1", ["p1"])
        self.import_records(person("p1", "OTIENO, AMARA", reg_ids=ids), home)
        amara = self.holder("N-1")
        passed_on = [identifier(NATIONAL, "N-9"), identifier(VOTER, "V-1")]
        run = self.change_and_import(
            person("p1", "OTIENO, AMARA", reg_ids=passed_on),
            person("p2", "OTIENO, BARAKA", "N-1"),
            household("h1", "Otieno household", "C-1", ["p1", "p2"]),
        )
        self.assertOutcome(run, "incomplete", unchanged=1)
        self.assertCodes(run, "several_records", "several_records")
        self.assertEqual(run.issue_ids.candidate_ids, amara)
        self.assertTrue(all(run.issue_ids.mapped("can_be_resolved")))
        self.assertEqual((amara.name, self.holder("V-1")), ("OTIENO, AMARA", amara))
        self.assertEqual(self._members("C-1"), amara)
