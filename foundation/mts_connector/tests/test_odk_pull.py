from datetime import datetime, timedelta

from odoo.exceptions import UserError
from odoo.fields import Datetime
from odoo.tests import freeze_time, tagged

from .common import WorkCase, submission

DAYS = [f"2026-03-0{day}T00:00:00.000Z" for day in (1, 2, 3)]


@tagged("post_install", "-at_install")
class TestODKPull(WorkCase):
    """The MTS pulls what was submitted in the window that was chosen, and all of it."""

    def setUp(self):
        super().setUp()
        self.seeder.put_submissions([submission(n, day) for n, day in enumerate(DAYS, start=1)])

    def test_a_one_time_connector_brings_everything_and_is_completed(self):
        self.run_round()
        self.assertEqual(self.pulled(), [["vid-1", "vid-2", "vid-3"]])
        self.assertRecordValues(
            self.connector, [{"job_status": "completed", "trouble": False, "paused_until": False}]
        )
        self.assertFalse(self.queue.waiting)

    def test_a_window_with_one_end_only_is_kept_to(self):
        self.connector.end_datetime = datetime(2026, 3, 2)
        self.run_round()
        self.connector.write({"start_datetime": datetime(2026, 3, 2), "end_datetime": False})
        self.run_round()
        self.assertEqual(self.pulled(), [["vid-1"], ["vid-2", "vid-3"]])

    def test_an_end_in_the_future_is_waited_for(self):
        end = Datetime.now() + timedelta(hours=2)
        self.connector.end_datetime = end
        self.start()
        self.queue.perform(self.queue.waiting)
        self.assertEqual(self.seeder.submissions(), [])
        self.assertEqual(self.connector.job_status, "started")
        self.assertGreaterEqual(self.connector.paused_until, end)
        with freeze_time(end + timedelta(seconds=5)):
            self.queue.work_off()
        self.assertEqual(len(self.pulled()), 1)
        self.assertEqual(self.connector.job_status, "completed")

    def test_each_round_begins_where_the_last_good_one_ended(self):
        self.connector.write({"is_recurring": "recurring", "start_datetime": datetime(2026, 3, 2)})
        with freeze_time("2026-03-02 12:00:00"):
            self.run_round()
        self.assertEqual(self.connector.odk_pulled_until, datetime(2026, 3, 2, 11, 59))
        self.assertEqual(self.connector.job_status, "started")
        with freeze_time("2026-03-04 12:00:00"):
            self.env["mts.connector"]._run_scheduled(self.connector.id)
            self.queue.work_off()
        self.assertEqual(self.pulled(), [["vid-2"], ["vid-3"]])
        windows = [request["odkconfig"] for request in self.requests_made()]
        self.assertEqual(windows[0]["enddate"], windows[1]["startdate"])

    def test_a_refused_round_leaves_the_window_where_it_was(self):
        self.connector.write({"is_recurring": "recurring", "start_datetime": datetime(2026, 3, 1)})
        self.seeder.set_dials(submit_500={"value": 422, "calls": 1})
        self.run_round()
        self.assertFalse(self.connector.odk_pulled_until)
        self.assertEqual(self.connector.job_status, "draft")
        self.assertIn("refused", self.connector.trouble)
        self.run_round()
        self.assertEqual(self.pulled(), [["vid-1", "vid-2", "vid-3"]])

    def test_nothing_at_odk_is_a_good_round(self):
        self.seeder.put_submissions([])
        self.run_round()
        self.assertRecordValues(self.connector, [{"job_status": "completed", "trouble": False}])
        self.assertTrue(self.connector.odk_pulled_until)
        self.assertFalse(self.connector.file_ids)

    def test_a_recurring_connector_is_completed_at_the_end_of_its_window(self):
        vals = {"is_recurring": "recurring", "end_datetime": datetime(2026, 3, 3)}
        self.connector.write(vals)
        self.run_round()
        self.assertEqual(self.pulled(), [["vid-1", "vid-2"]])
        self.assertEqual(self.connector.job_status, "completed")
        self.assertFalse(self.connector.cron_id)

    def test_choosing_another_start_forgets_how_far_the_last_window_had_come(self):
        self.connector.is_recurring = "recurring"
        self.run_round()
        self.stop()
        self.run_round()
        self.assertEqual(len(self.pulled()), 1)
        self.stop()
        self.connector.start_datetime = datetime(2026, 3, 3)
        self.run_round()
        self.assertEqual(self.pulled()[-1], ["vid-3"])

    def test_a_wrong_password_is_said_to_be_a_possible_reason(self):
        self.connector.odk_password = "wrong"
        self.start()
        self.queue.perform(self.queue.waiting)
        self.assertIn("password of ODK", self.connector.trouble)
        self.assertEqual(self.connector.job_status, "running")

    def test_what_is_missing_is_said_before_anything_starts(self):
        self.connector.write({"odk_odata_url": False, "odk_project_id": "1"})
        with self.assertRaisesRegex(UserError, "OData URL, or project and form"):
            self.start()
        self.connector.write({"odk_email": False, "odk_password": False})
        with self.assertRaisesRegex(UserError, "ODK User Email, .*Password"):
            self.start()
        self.assertEqual(self.connector.job_status, "draft")
