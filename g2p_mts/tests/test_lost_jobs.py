from unittest.mock import patch

from odoo.tests import tagged

from ..flow.intake import Intake
from ..flow.records import Records
from .ledger_case import LedgerCase


def broken(*_args):
    raise RuntimeError


@tagged("post_install", "-at_install")
class TestLostJobs(LedgerCase):
    """A recurring connector goes on at its next interval, whatever became of a job."""

    def setUp(self):
        super().setUp()
        self.connector.is_recurring = "recurring"
        self.person = self.people("9001")
        self.start()
        self.queue.perform(self.queue.waiting[0])

    @property
    def request(self):
        return self.connector.g2p_request_ids

    def schedule(self):
        """The interval of the connector is over."""
        self.env["mts.connector"]._run_scheduled(self.connector.id)

    def assert_made_up_for(self):
        self.assertEqual(self.connector.job_status, "running")
        self.assertFalse(self.queue.waiting)
        self.schedule()
        self.queue.work_off()
        self.assertEqual(self.token(self.person), self.seeder.token_of("9001"))
        self.assertEqual(len(self.seeder.submissions()), 1)
        self.assertRecordValues(self.request, [{"state": "answered", "trouble": False}])
        self.assertRecordValues(self.connector, [{"job_status": "started", "trouble": False}])

    def test_sending_that_failed_is_made_up_for(self):
        with patch.object(Records, "build", broken):
            self.queue.work_off()
        self.assertEqual(self.request.state, "queued")
        self.assert_made_up_for()

    def test_following_that_failed_is_made_up_for(self):
        with patch.object(Intake, "run", broken):
            self.queue.work_off()
        self.assertEqual(self.request.state, "sent")
        self.assert_made_up_for()

    def test_a_job_that_was_deleted_is_made_up_for(self):
        self.queue.waiting.unlink()
        self.assert_made_up_for()

    def test_a_round_that_waits_for_nobody_is_made_up_for(self):
        self.queue.waiting.unlink()
        self.request._cancel()
        self.assertEqual(self.connector.job_status, "running")
        self.schedule()
        self.queue.work_off()
        self.assertEqual(self.token(self.person), self.seeder.token_of("9001"))

    def test_the_schedule_does_not_double_a_job_that_lives(self):
        for state in ("queued", "sent"):
            with self.subTest(state):
                self.assertEqual(self.request.state, state)
                waiting = self.queue.waiting
                self.schedule()
                self.assertEqual(self.queue.waiting, waiting)
                self.queue.perform(waiting[0])

    def test_the_schedule_does_not_double_a_job_that_is_being_performed(self):
        self.queue.waiting.state = "started"
        self.schedule()
        self.assertFalse(self.queue.waiting)

    def test_start_takes_up_a_request_whose_job_was_lost(self):
        self.queue.perform(self.queue.waiting[0])
        self.assertEqual(self.request.state, "sent")
        self.queue.waiting.unlink()
        self.start()  # the same button: now it stops
        self.connector.is_recurring = "onetime"
        self.run_to_the_end()
        self.assertEqual(self.request.state, "answered")
        self.assertEqual(self.connector.job_status, "completed")
