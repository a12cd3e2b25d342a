from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .ledger_case import LedgerCase


@tagged("post_install", "-at_install")
class TestWhatLeft(LedgerCase):
    """The ledger does not forget whom the MTS was sent, whatever it made of it."""

    def sent_so_far(self):
        return dict(self.connector._what_leaves())["People sent so far"]

    def begin(self):
        """Press "Start" and choose the people: the job that sends them waits."""
        self.start()
        self.queue.perform(self.queue.waiting[0])

    def test_people_of_a_refused_batch_stay_in_the_ledger_and_are_sent_once_it_is_mended(self):
        people = self.people("9001", "9002")
        for status in (404, 400):
            self.seeder.set_dials(submit_500=status)
            self.run_to_the_end()
            with self.subTest(status):
                self.assertEqual(self.connector.job_status, "draft")
                self.assertEqual(self.sent_so_far(), "2")
                self.assertEqual(set(self.lines().mapped("state")), {"refused"})
        self.assertIn("did not take the batch", self.lines()[0].reason)
        self.seeder.set_dials()
        self.run_to_the_end()
        self.assertTrue(all(people.mapped(self.token)))

    def test_stop_forgets_nobody_who_may_have_arrived(self):
        people = self.people("9001", "9002")
        self.connector.delivery_type = "callback"
        self.connector.with_user(self.officer).action_approve()
        self.seeder.set_dials(submit_lost=True)
        self.begin()
        self.queue.perform(self.queue.waiting[0])
        self.start()  # the same button: now it stops
        self.assertEqual(self.sent_so_far(), "2")
        self.assertEqual(self.lines().mapped("state"), ["lost", "lost"])
        records = self.seeder.submissions()[0]["envelope"]["request"]["authdata"]
        self.env["g2p.mts.answer"]._receive(self.connector, self.answers(records), "call")
        self.queue.work_off()
        self.assertTrue(all(people.mapped(self.token)))
        self.assertFalse(self.env["g2p.mts.answer"].search([("state", "=", "quarantined")]))

    def answers(self, records):
        return [
            {
                "nonce": record["nonce"],
                "output": {"status": "processed", "token": self.seeder.token_of(record["vid"])},
            }
            for record in records
        ]

    def test_stop_keeps_who_was_refused_here(self):
        self.people("9001", "9002", birthdate=False)
        self.people("9003")
        self.seeder.set_dials(submit_lost=True)
        self.begin()
        self.queue.perform(self.queue.waiting[0])
        self.start()
        states = sorted(self.lines().mapped("state"))
        self.assertEqual(states, ["lost", "refused", "refused"])
        self.assertEqual(self.sent_so_far(), "1")

    def test_of_whom_nothing_left_nothing_is_kept(self):
        self.people("9001")
        self.connector.mts_url = "http://127.0.0.1:9/"
        self.connector.with_user(self.officer).action_approve()
        self.begin()
        self.queue.perform(self.queue.waiting[0])
        self.assertIn("cannot be reached", self.connector.trouble)
        self.assertEqual(self.lines().state, "queued")
        self.start()
        self.assertFalse(self.lines())

    def test_an_address_that_is_refused_here_has_let_nobody_out(self):
        self.people("9001")
        self.begin()
        self.connector.mts_url = "http://mts.example.test/"
        self.connector.with_user(self.officer).action_approve()
        self.queue.work_off()
        self.assertIn("without encryption", self.connector.trouble)
        self.assertFalse(self.lines())

    @mute_logger("odoo.addons.queue_job")
    def test_a_job_that_broke_off_after_it_began_may_have_sent_them(self):
        self.people("9001")
        self.begin()
        # As after the end of its server: begun, and taken up by nobody yet.
        self.queue.waiting[0].write({"date_started": "2026-01-01 00:00:00"})
        self.start()
        self.assertEqual(self.lines().state, "lost")
        self.assertEqual(self.sent_so_far(), "1")

    def test_first_and_last_are_told_of_people_who_were_sent_over_and_over(self):
        self.people("9001")
        self.seeder.set_dials(submit_lost={"calls": 1})
        self.begin()
        self.queue.perform(self.queue.waiting[0])
        self.lines().sent_at = "2026-01-01 00:00:00"
        self.queue.work_off()
        facts = dict(self.connector._what_leaves())
        self.assertEqual(facts["First sent (UTC)"], "2026-01-01 00:00:00")
        request = self.connector.g2p_request_ids
        self.assertEqual(facts["Last sent (UTC)"], fields.Datetime.to_string(request.sent_at))
        self.assertGreater(facts["Last sent (UTC)"], facts["First sent (UTC)"])
