from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.fields import Datetime
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ImporterCase
from .people import families


@tagged("post_install", "-at_install")
class TestSchedule(ImporterCase):
    """Imports start by themselves, and their owners hear of it when something is wrong."""

    def setUp(self):
        super().setUp()
        self.operator.email = "operator@example.test"
        self.due = Datetime.now() - timedelta(minutes=3)
        self.importer.write(
            {
                "owner_id": self.operator.id,
                "is_scheduled": True,
                "interval_number": 6,
                "interval_type": "hours",
                "next_run_at": self.due,
            }
        )
        self.social_registry.put_registrants(families(2, size=1))

    def trigger(self, cron):
        with self.enter_registry_test_mode():
            self.env.ref(f"g2p_social_registry_importer.{cron}").method_direct_trigger()
        self.queue.work_off()

    def test_a_due_import_runs_in_its_owners_name_and_is_planned_anew(self):
        self.trigger("cron_schedule")
        run = self.importer.run_ids
        self.assertOutcome(run, "done", created=2)
        self.assertEqual((run.user_id, run.trigger), (self.operator, "schedule"))
        self.assertEqual(self.importer.next_run_at, self.due + timedelta(hours=6))
        self.assertFalse(self.importer.activity_ids)

    def test_times_that_were_missed_are_not_made_up(self):
        self.importer.next_run_at = self.due - timedelta(days=3)
        self.trigger("cron_schedule")
        self.assertEqual(len(self.importer.run_ids), 1)
        self.assertGreater(self.importer.next_run_at, Datetime.now())

    def test_what_is_not_due_or_not_scheduled_does_not_start(self):
        self.importer.next_run_at = Datetime.now() + timedelta(hours=1)
        self.trigger("cron_schedule")
        self.importer.write({"next_run_at": self.due, "is_scheduled": False})
        self.trigger("cron_schedule")
        self.assertFalse(self.importer.run_ids)

    def test_an_overlap_is_refused_and_told(self):
        running = self.start()
        with self.enter_registry_test_mode():
            self.env.ref("g2p_social_registry_importer.cron_schedule").method_direct_trigger()
        self.assertEqual(self.importer.run_ids, running)
        self.assertIn("could not start", self.importer.activity_ids.summary)
        self.assertIn("under way", self.importer.activity_ids.note)

    def test_a_scheduled_run_that_ends_badly_gives_an_activity_and_an_email(self):
        self.social_registry.set_dials(http_401=True)
        self.trigger("cron_schedule")
        activity = self.importer.activity_ids
        self.assertEqual(activity.user_id, self.operator)
        self.assertIn("ended as Failed", activity.summary)
        self.assertIn("Open the run to see why", activity.note)
        message = self._told("ended as Failed")
        self.assertEqual(message.notification_ids.notification_type, "email")
        email = self.env["mail.mail"].search([("mail_message_id", "=", message.id)])
        self.assertEqual(email.recipient_ids, self.operator.partner_id)
        self.assertIn("Open the run to see why", email.body_html)

    def test_an_owner_who_reads_in_the_inbox_is_told_there(self):
        self.operator.notification_type = "inbox"
        self.social_registry.set_dials(http_401=True)
        self.trigger("cron_schedule")
        message = self._told("ended as Failed")
        self.assertEqual(message.notification_ids.notification_type, "inbox")
        self.assertTrue(message.with_user(self.operator).needaction)
        self.assertFalse(self.env["mail.mail"].search([("mail_message_id", "=", message.id)]))

    def test_the_owner_hears_of_a_scheduled_run_that_somebody_else_cancelled(self):
        for canceller, told in ((self.operator, 0), (self.manager, 1)):
            self.importer.with_user(self.operator)._start("schedule")
            self.importer.active_run_id.with_user(canceller).action_cancel()
            self.assertEqual(len(self._told("ended as Cancelled")), told)
        self.assertIn("was cancelled", self.importer.activity_ids.note)

    def _told(self, words):
        """The message with such a subject; it was for the owner alone."""
        told = [("message_type", "=", "user_notification"), ("subject", "like", words)]
        message = self.env["mail.message"].search(told)
        if message:
            self.assertEqual(message.notified_partner_ids, self.operator.partner_id)
        return message

    def test_a_run_by_hand_tells_nobody_who_is_watching_it_anyway(self):
        self.social_registry.set_dials(http_401=True)
        self.run_import()
        self.assertFalse(self.importer.activity_ids)

    def test_silence_is_told_once_and_again_after_the_next_arrival(self):
        self.importer.write({"silence_days": 2, "is_scheduled": False})
        self.run_import()
        self.trigger("cron_silence")
        self.assertFalse(self.importer.activity_ids)
        self.importer.last_arrival_date -= timedelta(days=3)
        self.trigger("cron_silence")
        self.trigger("cron_silence")
        self.assertEqual(len(self.importer.activity_ids), 1)
        self.assertIn("2 days", self.importer.activity_ids.note)
        self.run_import()
        self.assertFalse(self.importer.silence_told)

    def test_a_run_that_receives_nobody_is_no_arrival(self):
        self.social_registry.put_registrants([])
        self.run_import()
        self.assertFalse(self.importer.last_arrival_date)

    def test_a_schedule_needs_an_owner_and_a_positive_interval(self):
        for wrong in ({"owner_id": False}, {"next_run_at": False}, {"interval_number": 0}):
            with self.subTest(wrong), mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
                self.importer.write(wrong)
                self.importer.flush_recordset()
