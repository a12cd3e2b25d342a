from odoo.tests import tagged

from .ledger_case import LedgerCase


@tagged("post_install", "-at_install")
class TestRecovery(LedgerCase):
    """An MTS that forgets, restarts, or is down."""

    def test_a_request_that_is_forgotten_is_sent_again(self):
        person = self.people("9001")
        self.start()
        self.perform_until_sent()
        self.seeder.restart(forget=True)
        self.queue.work_off()
        self.assertEqual(self.token(person), self.seeder.token_of("9001"))
        self.assertEqual(self.lines().mapped("state"), ["lost", "answered"])
        self.assertEqual(self.lines().mapped("attempt"), [1, 2])

    def test_batches_shrink_after_a_loss(self):
        self.people("9001")
        self.start()
        self.perform_until_sent()
        self.seeder.restart(forget=True)
        size = self.connector.g2p_batch_size
        self.queue.perform(self.queue.waiting[0])
        self.assertEqual(self.connector.g2p_batch_size, size // 2)

    def test_whole_answers_let_batches_grow(self):
        self.connector.write({"g2p_batch_floor": 2, "g2p_batch_size": 2})
        self.people("9001", "9002")
        self.run_to_the_end()
        self.assertEqual(self.connector.g2p_batch_size, 3)

    def test_an_mts_that_is_down_is_waited_for_and_said_so(self):
        person = self.people("9001")
        self.seeder.set_dials(submit_500={"value": 503, "calls": 2})
        self.start()
        self.queue.perform(self.queue.waiting[0])
        self.queue.perform(self.queue.waiting[0])
        self.assertIn("in trouble", self.connector.trouble)
        self.assertTrue(self.connector.paused_until)
        self.queue.work_off()
        self.assertFalse(self.connector.trouble)
        self.assertTrue(self.token(person))

    def test_who_is_never_answered_is_given_up_in_the_end(self):
        self.connector.g2p_most_attempts = 2
        self.people("9001")
        self.start()
        for _attempt in range(2):
            self.perform_until_sent()
            self.seeder.restart(forget=True)
            self.queue.perform(self.queue.waiting[0])
        self.queue.work_off()
        last = self.lines()[-1]
        self.assertEqual((last.state, last.is_retryable), ("lost", False))
        self.assertEqual(self.connector.job_status, "completed")

    def perform_until_sent(self):
        """Perform jobs until a request waits for its answers."""
        while not self.connector.g2p_request_ids.filtered(lambda r: r.state == "sent"):
            self.queue.perform(self.queue.waiting[0])
