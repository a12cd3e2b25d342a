import os
from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Datetime
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import WorkCase


@tagged("post_install", "-at_install")
class TestWork(WorkCase):
    """Start starts, Stop stops, and the state on the form is what happens."""

    def rounds_left(self):
        """Seconds until the round that is waiting."""
        (job,) = self.queue.waiting
        return (job.eta - Datetime.now()).total_seconds()

    def test_a_start_pressed_twice_is_one_start(self):
        self.start()
        self.start()
        self.assertEqual(len(self.queue.waiting), 1)
        self.assertEqual(self.connector.job_status, "started")
        self.assertEqual(self.connector.user_id, self.operator)

    def test_jobs_run_as_whoever_pressed_start_also_by_schedule(self):
        self.connector.is_recurring = "recurring"
        self.run_round()
        self.env["mts.connector"].with_user(self.env.ref("base.user_root"))._run_scheduled(
            self.connector.id
        )
        self.assertEqual(self.queue.jobs.user_id, self.operator)

    def test_stop_takes_back_what_waits(self):
        self.start()
        waiting = self.queue.waiting
        self.stop()
        self.assertEqual(waiting.state, "cancelled")
        self.assertEqual(self.connector.job_status, "draft")
        self.queue.work_off()
        self.assertEqual(self.seeder.submissions(), [])

    def test_a_job_that_has_begun_finds_out_that_it_is_not_wanted(self):
        self.start()
        waiting = self.queue.waiting
        self.connector.job_status = "draft"
        self.queue.perform(waiting)
        self.assertEqual(waiting.state, "done")
        self.assertEqual(self.seeder.submissions(), [])

    def test_stop_while_the_mts_works_takes_nothing_in_and_stays_stopped(self):
        self.start()
        self.queue.perform(self.queue.waiting)
        looking = self.queue.waiting
        self.stop()
        self.assertEqual(looking.state, "cancelled")
        self.connector.job_status = "draft"
        looking.state = "pending"
        self.queue.perform(looking)
        self.assertEqual(self.connector.job_status, "draft")
        self.assertFalse(self.connector.file_ids)

    def test_start_again_begins_anew(self):
        self.run_round()
        self.run_round()
        self.assertEqual(len(self.pulled()), 2)

    def test_the_old_button_starts_and_stops(self):
        connector = self.connector.with_user(self.operator)
        connector.mts_action_trigger()
        self.assertEqual(connector.job_status, "started")
        connector.mts_action_trigger()
        self.assertEqual(connector.job_status, "draft")

    def test_an_mts_that_is_down_is_tried_again_in_growing_pauses(self):
        self.connector.mts_url = "http://127.0.0.1:9"
        self.start()
        pauses = []
        for _ in range(9):
            self.queue.perform(self.queue.waiting)
            pauses.append(round(self.rounds_left(), -1))
            self.assertEqual(self.connector.job_status, "running")
            self.assertIn("cannot be reached", self.connector.trouble)
        self.assertEqual(pauses, [10, 20, 40, 80, 160, 320, 600, 600, 600])
        self.connector.mts_url = self.seeder.url
        self.queue.work_off()
        self.assertRecordValues(
            self.connector, [{"job_status": "completed", "trouble": False, "pause_count": 0}]
        )

    def test_what_somebody_must_mend_stops_the_connector_with_words(self):
        self.connector.mts_url = f"{self.seeder.url}/not-here"
        self.connector.is_recurring = "recurring"
        self.run_round()
        self.assertEqual(self.connector.job_status, "draft")
        self.assertIn("No MTS answers at this address", self.connector.trouble)
        self.assertFalse(self.connector.cron_id)

    def test_a_secret_that_went_missing_outside_stops_the_connector_with_words(self):
        vals = {"odk_password_place": "environment", "odk_password_key": "G2P_ODK"}
        self.connector.write(vals)
        with patch.dict(os.environ, {"G2P_ODK": "word"}):
            self.start()
        self.queue.work_off()
        self.assertEqual(self.connector.job_status, "draft")
        self.assertIn("no environment variable “G2P_ODK”", self.connector.trouble)
        self.assertEqual(self.queue.jobs.state, "done")

    @mute_logger("odoo.addons.queue_job.controllers.main")
    def test_an_exception_nobody_foresaw_leaves_no_connector_at_work(self):
        secret = "somebody's name"
        self.start()
        failing = patch.object(
            type(self.env["mts.connector"]), "_odk_window", side_effect=ValueError(secret)
        )
        with failing:
            self.queue.perform(self.queue.waiting)
        self.assertEqual(self.queue.jobs.state, "failed")
        self.assertEqual(self.connector.job_status, "draft")
        self.assertIn("ValueError", self.connector.trouble)
        self.assertNotIn(secret, self.connector.trouble)
        self.run_round()
        self.assertEqual(self.connector.job_status, "completed")

    def test_a_lost_job_of_a_recurring_connector_is_made_up_for(self):
        self.connector.is_recurring = "recurring"
        self.start()
        self.queue.perform(self.queue.waiting)
        self.queue.waiting.unlink()
        self.assertEqual(self.connector.job_status, "running")
        self.env["mts.connector"]._run_scheduled(self.connector.id)
        self.queue.work_off()
        self.assertEqual(self.connector.job_status, "started")
        self.assertEqual(len(self.pulled()), 1)

    def test_a_schedule_does_not_double_a_round_that_is_under_way(self):
        self.connector.is_recurring = "recurring"
        self.start()
        self.queue.perform(self.queue.waiting)
        self.env["mts.connector"]._run_scheduled(self.connector.id)
        self.assertEqual(len(self.queue.waiting), 1)
        self.env["mts.connector"]._run_scheduled(-1)

    def test_how_it_works_cannot_be_changed_at_work(self):
        self.start()
        for vals in ({"is_recurring": "recurring"}, {"delivery_type": "callback"}):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "Stop the connector"):
                self.connector.write(vals)
        self.connector.write({"is_recurring": "onetime", "lang_code": "fra"})

    def test_a_new_interval_counts_from_now(self):
        self.connector.write({"is_recurring": "recurring", "interval_minutes": 10_000})
        self.start()
        self.connector.with_user(self.manager).interval_minutes = 5
        cron = self.connector.cron_id
        self.assertEqual(cron.interval_number, 5)
        self.assertLess(cron.nextcall, Datetime.now() + timedelta(minutes=6))

    def test_only_operators_start_and_stop_and_nobody_reaches_the_work_itself(self):
        plain = self._create_user("plain", "base.group_user")
        for method in ("action_start", "action_stop", "mts_action_trigger"):
            with self.subTest(method), self.assertRaises(AccessError):
                getattr(self.connector.with_user(plain), method)()
        model = self.env["mts.connector"].with_user(self.manager)
        for method in ("_run_round", "_look", "_stop_with", "_run_scheduled", "_token_seeder"):
            with self.subTest(method), self.assertRaises(AccessError):
                call_kw(model, method, [self.connector.ids], {})
