from odoo.exceptions import ValidationError
from odoo.fields import Datetime
from odoo.tests import new_test_user, tagged

from .common import ProgramCase


@tagged("post_install", "-at_install")
class TestRegistrant(ProgramCase):
    def test_count_and_button(self):
        other = self._create_program("School Meals", target_type="individual")
        for program in self.for_people | other:
            program._enrol(self.people[0])
        self.assertEqual(self.people.mapped("program_membership_count"), [2, 0])
        action = self.people[0].action_open_program_memberships()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found.program_id, self.for_people | other)

    def test_count_costs_one_query_for_many_registrants(self):
        self.for_groups._enrol(self.households)
        self.env.flush_all()
        self.env.invalidate_all()
        self.households.mapped("name")
        with self.assertQueryCount(1):
            self.households.mapped("program_membership_count")

    def test_deleting_a_registrant_leaves_nothing_behind(self):
        rows = self.for_groups._enrol(self.households[0])
        rows.message_post(body="called at the door")
        messages = rows.message_ids
        self.households[0].unlink()
        self.assertFalse(rows.exists())
        self.assertFalse(messages.exists())
        self.assertFalse(self.for_groups.have_members)

    def test_deleting_a_disabled_registrant_works_too(self):
        rows = self.for_groups._enrol(self.households[0])
        self.households[0].disabled = Datetime.now()
        admin = new_test_user(self.env, "test-admin", groups="g2p_registry_base.group_g2p_admin")
        self.households[0].with_user(admin).unlink()
        self.assertFalse(rows.exists())

    def test_type_cannot_change_while_in_a_program(self):
        self.for_groups._enrol(self.households[0])
        with self.assertRaisesRegex(ValidationError, "in a program"):
            self.households.is_group = False
        with self.assertRaisesRegex(ValidationError, "in a program"):
            self.households[0].is_registrant = False
        self.households[1].is_group = False
