from odoo.exceptions import UserError
from odoo.fields import Datetime
from odoo.tests import tagged

from .common import ProgramCase


@tagged("post_install", "-at_install")
class TestEnrolment(ProgramCase):
    def test_enrols_in_the_given_state_and_returns_the_new_rows(self):
        memberships = self.for_groups._enrol(self.households, state="enrolled")
        self.assertEqual(memberships.partner_id, self.households)
        self.assertEqual(set(memberships.mapped("state")), {"enrolled"})
        self.assertFalse(self.for_groups._enrol(self.households))

    def test_draft_is_the_default(self):
        self.assertEqual(self.for_groups._enrol(self.households[0]).state, "draft")

    def test_skips_members_whatever_their_state(self):
        states = ["draft", "enrolled", "paused", "exited", "not_eligible", "duplicated"]
        households = self._create_registrants(states, is_group=True)
        self.env["g2p.program_membership"].create(
            [
                {
                    "program_id": self.for_groups.id,
                    "partner_id": household.id,
                    "state": household.name,
                }
                for household in households
            ]
        )
        created = self.for_groups._enrol(households | self.households)
        self.assertEqual(created.partner_id, self.households)

    def test_skips_disabled_wrong_type_and_contacts(self):
        self.households[0].disabled = Datetime.now()
        contact = self.env["res.partner"].create({"name": "Village bank", "is_group": True})
        created = self.for_groups._enrol(self.households | self.people | contact)
        self.assertEqual(created.partner_id, self.households[1:])
        self.assertEqual(self.for_people._enrol(self.people).partner_id, self.people)

    def test_skips_who_is_archived(self):
        self.households[0].active = False
        created = self.for_groups._enrol(self.households)
        self.assertEqual(created.partner_id, self.households[1:])

    def test_duplicates_in_the_argument_are_enrolled_once(self):
        twice = self.env["res.partner"].browse(self.households.ids * 2)
        self.assertEqual(len(self.for_groups._enrol(twice)), len(self.households))

    def test_nobody_to_enrol_is_fine(self):
        self.assertFalse(self.for_groups._enrol(self.env["res.partner"]))

    def test_refuses_a_program_that_is_ended_archived_or_locked(self):
        cases = {"ended": {"state": "ended"}, "archived": {"active": False}}
        cases["locked: an import runs"] = {"locked": True, "locked_reason": "an import runs"}
        for words, vals in cases.items():
            program = self._create_program("P", **vals)
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                program._enrol(self.households)

    def test_number_of_queries_does_not_depend_on_the_number_of_people(self):
        def count_queries(number):
            people = self._create_registrants(["x"] * number, is_group=False)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            created = self.for_people._enrol(people)
            self.env.flush_all()
            self.assertEqual(len(created), number)
            return self.cr.sql_log_count - before

        count_queries(1)  # fills what the registry caches
        few, many = count_queries(3), count_queries(90)
        self.assertEqual(few, many)
        self.assertLess(many, 15)
