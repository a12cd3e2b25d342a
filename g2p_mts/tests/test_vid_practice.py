from odoo.exceptions import UserError
from odoo.tests import tagged

from .clean_up_case import CleanUpCase
from .test_vid_clean_up import refuse

COUNTS = ("due_count", "deleted_count", "failed_count", "found")


@tagged("post_install", "-at_install")
class TestVidPractice(CleanUpCase):
    """A practice run does all that a real one does, and takes it back."""

    def setUp(self):
        super().setUp()
        self.people = self.due(3)
        self.message = self.people[0].message_post(body=f"Called about {self.vids(self.people)[0]}")

    def practise(self):
        receipt = self.start(is_practice=True)
        self.assertEqual(receipt.state, "queued")
        self.work()
        return receipt

    def test_nothing_is_deleted_swept_or_remembered(self):
        before, body = self.vids(self.people), self.message.body
        gone = self.gone.search_count([])
        self.practise()
        self.assertEqual(self.vids(self.people), before)
        self.assertEqual(self.message.body, body)
        self.assertEqual(self.gone.search_count([]), gone)

    def test_the_numbers_are_those_of_the_real_run(self):
        refuse(self, self.people[1])
        practice = self.practise()
        real = self.start()
        self.work()
        self.assertEqual(real.deleted_count, 2)
        for name in COUNTS:
            self.assertEqual(practice[name], real[name], name)
        self.assertEqual(practice.line_ids.mapped("registrant"), real.line_ids.mapped("registrant"))

    def test_the_receipt_says_that_it_was_practice_and_is_signed(self):
        practice = self.practise()
        self.assertTrue(practice.is_practice)
        self.assertEqual(practice.display_name, f"Practice {practice.id}")
        self.assertEqual(practice.started_by_id, self.officer)
        self.assertEqual(set(practice.line_ids.mapped("outcome")), {"practised"})
        self.assertTrue(practice._verdict()[0])

    def test_it_shows_the_brake_without_waiting_for_a_yes(self):
        self.set_rule(brake_rows="1")
        practice = self.practise()
        self.assertEqual((practice.state, practice.deleted_count), ("done", 3))
        self.assertIn("more than 1 VIDs", practice.brake_words)

    def test_a_rule_can_be_practised_before_it_is_in_force(self):
        page = self.page(g2p_search_domain=f'[["name", "=", "{self.people[0].name}"]]')
        self.assertTrue(page.is_draft)
        receipt = self.receipts.browse(page.action_practise()["res_id"])
        self.work()
        self.assertEqual(receipt.line_ids.partner_id, self.people[0])
        with self.assertRaisesRegex(UserError, "Save the rule first"):
            page.action_run()

    def test_it_can_be_stopped(self):
        practice = self.start(is_practice=True)
        practice.with_user(self.second).action_stop()
        self.work()
        self.assertEqual(practice.state, "interrupted")
        self.assertIn(self.second.name, practice.ending)
        self.assertFalse(practice.line_ids)
