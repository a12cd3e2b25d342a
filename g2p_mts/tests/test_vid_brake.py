from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .clean_up_case import CleanUpCase


@tagged("post_install", "-at_install")
class TestVidBrake(CleanUpCase):
    """What deletes more than usual waits for the yes of a second person."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.env.ref("base.user_admin")
        cls.set_rule(brake_rows="3")
        cls.people = cls.due(4)

    def save_as(self, user, **values):
        """The rule was saved by this user."""
        parameters = self.env["ir.config_parameter"].with_user(user).sudo()
        for name, value in values.items():
            parameters.set_param(f"g2p_mts.vid_delete_{name}", value)

    def asked(self, receipt):
        return receipt.activity_ids.user_id

    def test_too_many_rows_wait_and_nothing_is_deleted(self):
        receipt = self.clean_up()
        self.assertEqual((receipt.state, receipt.due_count), ("waiting", 4))
        self.assertEqual(receipt.brake_words, "4 VIDs are due: more than 3 VIDs.")
        self.assertEqual(len(self.vids(self.people)), 4)
        self.assertFalse(receipt.line_ids)

    def test_as_many_as_may_be_go_at_once(self):
        self.set_rule(brake_rows="4")
        self.assertEqual(self.clean_up().deleted_count, 4)

    def test_too_large_a_share_of_those_with_vid_or_token_waits(self):
        self.set_rule(brake_rows="100", brake_percent="50")
        for _person in range(3):
            self.give_vid(self._person("BEN"))
        receipt = self.clean_up()
        self.assertEqual(receipt.state, "waiting")
        self.assertIn("more than 50 % of the 7 people", receipt.brake_words)

    def test_half_is_not_more_than_half(self):
        self.set_rule(brake_rows="100", brake_percent="50")
        for _person in range(4):
            self.give_vid(self._person("BEN"))
        self.assertEqual(self.clean_up().deleted_count, 4)

    def test_the_schedule_asks_once(self):
        receipt = self.clean_up()
        self.assertFalse(self.clean_up())
        self.assertEqual(receipt.state, "waiting")

    def test_officers_are_asked_but_not_who_cannot_be_the_second(self):
        self.save_as(self.officer, brake_rows="2")
        receipt = self.clean_up()
        self.assertIn(self.second, self.asked(receipt))
        self.assertNotIn(self.officer, self.asked(receipt))
        self.assertNotIn("PERSON", receipt.activity_ids[0].note)

    def test_a_second_person_lets_it_go_on(self):
        self.save_as(self.officer, brake_rows="2")
        receipt = self.clean_up()
        receipt.with_user(self.second).action_allow()
        self.assertEqual((receipt.state, receipt.allowed_by_id), ("queued", self.second))
        self.assertFalse(receipt.activity_ids)
        self.work()
        self.assertEqual((receipt.state, receipt.deleted_count), ("done", 4))
        self.assertFalse(self.vids(self.people))
        self.assertTrue(receipt._verdict()[0])

    def test_who_saved_the_rule_is_not_the_second_person_of_the_schedule(self):
        self.save_as(self.officer, brake_rows="2")
        receipt = self.clean_up().with_user(self.officer)
        self.assertFalse(receipt.may_allow)
        with self.assertRaisesRegex(AccessError, "Somebody else"):
            receipt.action_allow()
        self.assertTrue(receipt.with_user(self.second).may_allow)

    def test_who_started_it_is_not_the_second_person(self):
        receipt = self.start(self.second)
        self.assertEqual(receipt.state, "waiting")
        with self.assertRaisesRegex(AccessError, "Somebody else"):
            receipt.with_user(self.second).action_allow()
        receipt.with_user(self.officer).action_allow()
        self.work()
        self.assertEqual(receipt.deleted_count, 4)

    def test_only_officers_answer(self):
        receipt = self.clean_up()
        operator = new_test_user(
            self.env, "test_vid_operator", groups="mts_connector.group_mts_operator"
        )
        for button in ("action_allow", "action_refuse", "action_stop"):
            with self.assertRaises(AccessError):
                getattr(receipt.with_user(operator), button)()

    def test_the_yes_is_for_the_number_that_was_shown(self):
        receipt = self.clean_up()
        later = self.due(2)
        receipt.with_user(self.second).action_allow()
        self.work()
        self.assertEqual((receipt.state, receipt.deleted_count), ("done", 4))
        self.assertEqual(len(self.vids(later)), 2)

    def test_the_yes_is_for_the_rule_that_was_shown(self):
        receipt = self.clean_up()
        self.set_rule(after_days="1")
        with self.assertRaisesRegex(UserError, "changed meanwhile"):
            receipt.with_user(self.second).action_allow()
        self.set_rule(after_days="0")
        receipt.with_user(self.second).action_allow()
        self.set_rule(own_nonce="False")
        self.work()
        self.assertEqual(receipt.state, "interrupted")
        self.assertIn("changed meanwhile", receipt.ending)
        self.assertEqual(len(self.vids(self.people)), 4)

    def test_it_can_be_refused_and_is_asked_again_then(self):
        receipt = self.clean_up()
        receipt.with_user(self.officer).action_refuse()
        self.assertEqual(receipt.state, "refused")
        self.assertFalse(receipt.activity_ids)
        self.assertIn(self.officer.name, receipt.ending)
        self.assertTrue(receipt._verdict()[0])
        self.assertEqual(self.clean_up().state, "waiting")
        with self.assertRaises(UserError):
            receipt.with_user(self.second).action_allow()
