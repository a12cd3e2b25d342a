from odoo.exceptions import UserError
from odoo.fields import Datetime
from odoo.tests import Form, new_test_user, tagged

from .common import ProgramCase


@tagged("post_install", "-at_install")
class TestAssignProgramWizard(ProgramCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env, "test-manager", groups="g2p_programs.g2p_program_manager"
        )

    def _open(self, partners):
        action = self.env.ref("g2p_programs.assign_to_program").with_user(self.manager)
        opened = action.with_context(active_model="res.partner", active_ids=partners.ids).run()
        return Form(
            self.env[opened["res_model"]].with_user(self.manager).with_context(**opened["context"])
        )

    def test_says_beforehand_what_will_happen_and_does_it(self):
        self.for_groups._enrol(self.households[0])
        self.households[1].disabled = Datetime.now()
        form = self._open(self.households | self.people)
        self.assertFalse(form.target_type)
        form.program_id = self.for_groups
        self.assertEqual(
            (form.chosen_count, form.new_count, form.member_count, form.refused_count),
            (5, 1, 1, 3),
        )
        wizard = form.save()
        result = wizard.action_assign()
        self.assertIn("1 of 5", result["params"]["message"])
        self.assertEqual(
            self.for_groups.program_membership_ids.partner_id,
            self.households[0] | self.households[2],
        )

    def test_offers_programs_of_the_type_of_what_was_chosen(self):
        self.assertEqual(self._open(self.households).target_type, "group")
        self.assertEqual(self._open(self.people).target_type, "individual")

    def test_refuses_a_program_that_ended_meanwhile(self):
        form = self._open(self.households)
        form.program_id = self.for_groups
        wizard = form.save()
        self.for_groups.end_program()
        with self.assertRaisesRegex(UserError, "ended"):
            wizard.action_assign()

    def test_nothing_to_do_is_said_as_a_warning(self):
        self.for_groups._enrol(self.households)
        form = self._open(self.households)
        form.program_id = self.for_groups
        self.assertEqual(form.save().action_assign()["params"]["type"], "warning")

    def test_only_managers_get_the_action(self):
        action = self.env.ref("g2p_programs.assign_to_program")
        self.assertEqual(action.group_ids, self.env.ref("g2p_programs.g2p_program_manager"))
