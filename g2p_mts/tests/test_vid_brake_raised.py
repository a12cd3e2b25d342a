from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .clean_up_case import CleanUpCase


@tagged("post_install", "-at_install")
class TestVidBrakeRaised(CleanUpCase):
    """Whoever raises the brake's limits does not do without the second yes alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_rule(brake_rows="3", brake_percent="100")
        cls.people = cls.due(4)

    def raise_limits(self, user=None, **limits):
        """Press "Save the Rule" with these limits."""
        self.page(user, **(limits or {"brake_rows": 1_000_000_000})).action_save()

    def confirm(self, user):
        """Press "Confirm the Limits"."""
        self.page(user).action_confirm_brake()

    def test_who_refuses_a_run_and_raises_the_limits_still_needs_a_second_yes(self):
        self.start().with_user(self.officer).action_refuse()
        self.raise_limits()
        receipt = self.start()
        self.assertEqual(receipt.state, "waiting")
        self.assertEqual(receipt.brake_words, "4 VIDs are due: more than 3 VIDs.")
        self.assertIn("Until another data-protection officer has pressed", receipt.rule_words)
        self.assertIn("more than 3 VIDs, or than 100 %", receipt.rule_words)
        with self.assertRaisesRegex(AccessError, "Somebody else"):
            receipt.with_user(self.officer).action_allow()

    def test_the_schedule_waits_as_well(self):
        self.raise_limits()
        self.assertEqual(self.clean_up().state, "waiting")

    def test_another_officer_confirms_the_limits_and_they_count(self):
        self.raise_limits()
        self.assertTrue(self.page(self.second).may_confirm_brake)
        self.confirm(self.second)
        page = self.page()
        self.assertFalse(page.brake_warning)
        self.assertNotIn("Confirm the Limits", page.rule_words)
        self.assertEqual(self.start().state, "queued")
        self.work()
        self.assertFalse(self.vids(self.people))

    def test_who_raised_them_cannot_confirm_them(self):
        self.raise_limits()
        page = self.page()
        self.assertIn("more than 3 VIDs, or than 100 %, need a second yes", page.brake_warning)
        self.assertFalse(page.may_confirm_brake)
        with self.assertRaisesRegex(AccessError, "Somebody else"):
            self.confirm(self.officer)
        # Saving something else changes nothing about who raised them.
        self.page(self.second, after_days=1).action_save()
        with self.assertRaisesRegex(AccessError, "Somebody else"):
            self.confirm(self.officer)

    def test_each_confirms_what_the_other_one_has_set(self):
        self.set_rule(brake_percent="10")
        self.raise_limits(brake_rows=100)
        self.raise_limits(self.second, brake_percent=100)
        self.confirm(self.second)
        self.assertIn("more than 100 VIDs, or than 10 %", self.page().brake_warning)
        with self.assertRaises(AccessError):
            self.confirm(self.second)
        self.confirm(self.officer)
        self.assertEqual(self.start().state, "queued")

    def test_limits_that_were_lowered_are_not_raised_again_by_one_alone(self):
        self.raise_limits(brake_rows=2)
        self.raise_limits(brake_rows=3)
        self.assertIn("more than 2 VIDs", self.page().brake_warning)
        self.env["ir.config_parameter"].set_param("g2p_mts.vid_delete_brake_rows", False)
        self.assertEqual(self.start(self.second).brake_words, "4 VIDs are due: more than 2 VIDs.")

    def test_lower_limits_count_at_once(self):
        self.set_rule(brake_rows="10")
        self.raise_limits(brake_rows=2)
        self.assertFalse(self.page().brake_warning)
        self.assertIn("more than 2 VIDs", self.start().brake_words)

    def test_limits_that_are_raised_among_the_system_parameters_are_not_confirmed_either(self):
        parameters = self.env["ir.config_parameter"].with_user(self.officer).sudo()
        parameters.set_param("g2p_mts.vid_delete_brake_rows", "1000000")
        self.assertFalse(self.page().may_confirm_brake)
        self.assertEqual(self.clean_up().state, "waiting")

    def test_what_is_confirmed_is_what_stands_on_the_page_and_is_in_force(self):
        with self.assertRaisesRegex(UserError, "count already"):
            self.confirm(self.second)
        self.raise_limits()
        page = self.page(self.second)
        self.raise_limits(brake_rows=2_000_000_000)
        page.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "Save the rule first"):
            page.action_confirm_brake()

    def test_practice_says_what_a_real_run_would_wait_for(self):
        self.raise_limits()
        practice = self.start(is_practice=True)
        self.assertEqual(practice.brake_words, "4 VIDs are due: more than 3 VIDs.")

    def test_only_officers_confirm(self):
        self.raise_limits()
        page = self.page(self.second)
        manager = new_test_user(
            self.env, "test_brake_mgr", groups="mts_connector.group_mts_manager"
        )
        with self.assertRaises(AccessError):
            page.with_user(manager).action_confirm_brake()
