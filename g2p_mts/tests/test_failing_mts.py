from odoo.tests import tagged

from .ledger_case import LedgerCase


@tagged("post_install", "-at_install")
class TestFailingMTS(LedgerCase):
    """An MTS that is up and yet fails, again and again, on the same people."""

    def setUp(self):
        super().setUp()
        self.connector.write({"g2p_batch_floor": 1, "g2p_batch_size": 8, "g2p_batch_ceiling": 8})
        self.eight = self.people(*(f"900{n}" for n in range(1, 9)))

    def sizes(self):
        return [len(s["envelope"]["request"]["authdata"]) for s in self.seeder.submissions()]

    def without_token(self):
        return self.eight.filtered(lambda person: not self.token(person))

    def test_one_person_it_stumbles_over_holds_up_nobody_else(self):
        self.seeder.set_dials(submit_500={"vid": "^9003$"})
        self.run_to_the_end()
        self.assertEqual(self.without_token(), self.eight[2])
        line = self.lines(partner_id=self.eight[2].id)[-1]
        self.assertEqual((line.state, line.error_code), ("refused", "MTS-FAILS"))
        self.assertFalse(line.is_retryable)
        self.assertIn("even on this person alone", line.reason)
        self.assertEqual(self.connector.job_status, "completed")
        self.assertEqual(self.sizes().count(8), 3)

    def test_a_batch_that_takes_too_long_is_sent_in_parts(self):
        self.seeder.set_dials(submit_html={"value": 504, "above": 3})
        self.run_to_the_end()
        self.assertFalse(self.without_token())
        self.assertLessEqual(self.connector.g2p_batch_size, 6)
        self.assertEqual(set(self.connector.g2p_request_ids.mapped("state")), {"lost", "answered"})

    def test_an_mts_that_is_down_is_waited_for_and_nobody_divided(self):
        self.seeder.set_dials(submit_500={"value": 503, "calls": 9}, status_500=503)
        self.start()
        for _time in range(8):
            self.queue.perform(self.queue.waiting[0])
        self.assertEqual(len(self.connector.g2p_request_ids), 1)
        self.assertEqual(self.connector.g2p_request_ids.state, "queued")
        self.seeder.set_dials()
        self.queue.work_off()
        self.assertFalse(self.without_token())

    def test_trouble_that_passes_divides_nobody(self):
        self.seeder.set_dials(submit_500={"value": 500, "calls": 2})
        self.run_to_the_end()
        self.assertFalse(self.without_token())
        self.assertEqual(self.sizes(), [8, 8, 8])

    def test_an_mts_that_fails_on_everybody_is_stopped_and_not_blamed_on_the_people(self):
        self.seeder.set_dials(submit_500=500)
        self.run_to_the_end()
        self.assertEqual(self.connector.job_status, "draft")
        self.assertIn("fails even on single people", self.connector.trouble)
        self.assertEqual(len(self.lines(error_code="MTS-FAILS")), 2)
