import logging
from datetime import datetime, timedelta
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Datetime
from odoo.service.model import call_kw
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import PASSWORD, WorkCase, submission


@tagged("post_install", "-at_install")
class TestDefectsOf17(WorkCase):
    """What was wrong with the connector of 17.0, one test for each."""

    def callback(self, **vals):
        """Have results brought to an address nobody listens at."""
        self.connector.write(
            {
                "delivery_type": "callback",
                "callback_url": "http://127.0.0.1:9/in",
                "callback_authtype": "none",
                **vals,
            }
        )

    def request_made(self):
        self.start()
        self.queue.perform(self.queue.waiting)
        (request,) = self.requests_made()
        return request

    def test_c01_neither_passwords_nor_people_nor_answers_are_logged(self):
        self.callback(
            callback_authtype="odoo",
            callback_auth_url="http://127.0.0.1:9/login",
            callback_auth_database="registry",
            callback_auth_username="bot",
            callback_auth_password="another-word-8",
        )
        with self.assertLogs(level=logging.DEBUG) as logs:
            self.request_made()
            self.queue.perform(self.queue.waiting[0])
        # Whoever has every SQL statement logged, sees every value.
        said = [record for record in logs.records if record.name != "odoo.sql_db"]
        text = "\n".join(record.getMessage() for record in said)
        for private in (PASSWORD, "another-word-8", "vid-1", "Ñusta"):
            self.assertNotIn(private, text)
        for job in self.queue.jobs:
            self.assertNotIn(PASSWORD, f"{job.args} {job.kwargs} {job.result} {job.exc_info}")

    def test_c02_other_users_neither_read_nor_redirect_nor_start_a_connector(self):
        connector = self.connector.with_user(self._create_user("plain", "base.group_user"))
        for call in (
            lambda: connector.read(["mts_url"]),
            lambda: connector.write({"mts_url": "https://elsewhere.example.test"}),
            lambda: connector.create({"name": "B", "mts_url": "https://b.example.test"}),
            connector.action_start,
        ):
            with self.assertRaises(AccessError):
                call()
        with self.assertRaises(AccessError):
            self.connector.with_user(self.operator).mts_url = "https://elsewhere.example.test"

    def test_c03_nothing_goes_to_another_machine_in_clear(self):
        for name in ("mts_url", "odk_base_url", "odk_odata_url"):
            right = self.connector[name]
            self.connector[name] = "http://other.example.test/x"
            with self.subTest(name), self.assertRaisesRegex(UserError, "without encryption"):
                self.start()
            self.connector[name] = right
        self.callback(callback_url="http://other.example.test/in")
        with self.assertRaisesRegex(UserError, "Callback URL: .* without encryption"):
            self.start()
        self.connector.allow_unencrypted = True
        self.start()
        self.assertFalse(self.connector.copy().allow_unencrypted)

    def test_c04_the_credentials_of_odoo_can_be_entered_in_the_form(self):
        with Form(self.connector.with_user(self.manager)) as form:
            form.delivery_type = "callback"
            form.callback_url = "https://odoo.example.test/in"
            form.callback_authtype = "odoo"
            form.callback_auth_url = "https://odoo.example.test/web/session/authenticate"
            form.callback_auth_database = "registry"
            form.callback_auth_username = "bot"
            form.callback_auth_password = PASSWORD
        self.assertEqual(self.connector.sudo().callback_auth_password_value, PASSWORD)

    def test_c04_a_missing_credential_is_named_before_the_start(self):
        self.callback(callback_authtype="odoo", callback_auth_database="registry")
        with self.assertRaisesRegex(UserError, "Callback Authentication URL, Callback User Name"):
            self.start()
        self.connector.callback_authtype = "staticBearer"
        with self.assertRaisesRegex(UserError, "Still missing"):
            self.start()
        self.connector.write({"callback_authtype": "oauth", "callback_auth_url": False})
        with self.assertRaisesRegex(UserError, "Callback Client ID"):
            self.start()

    def test_c08_a_refusal_is_read_and_loses_nothing(self):
        self.connector.lang_code = "fra"
        self.connector.odk_project_id = "1"
        self.seeder.set_dials(submit_html=True)
        self.start()
        self.queue.perform(self.queue.waiting)
        self.assertIn("in trouble", self.connector.trouble)
        self.assertFalse(self.connector.odk_pulled_until)
        self.seeder.set_dials()
        self.queue.work_off()
        self.assertEqual(self.pulled(), [["vid-1", "vid-2"]])
        self.assertTrue(self.connector.request_identifier)

    def test_c09_what_is_left_empty_is_left_out_and_never_false(self):
        self.connector.write({"output_format": False, "odk_version": False})
        request = self.request_made()
        self.assertNotIn("outputFormat", request)
        self.assertNotIn("version", request["odkconfig"])
        self.assertNotIn("callbackProperties", request)
        self.assertNotIn(False, request.values())
        self.assertNotIn("projectid", request["odkconfig"])

    def test_c14_a_one_time_run_keeps_to_the_window(self):
        self.seeder.put_submissions(
            [submission(day, f"2026-03-0{day}T00:00:00.000Z") for day in range(1, 5)]
        )
        self.connector.write(
            {"start_datetime": datetime(2026, 3, 2), "end_datetime": datetime(2026, 3, 4)}
        )
        self.run_round()
        self.assertEqual(self.pulled(), [["vid-2", "vid-3"]])

    def test_c15_windows_are_utc_and_may_end_in_the_future(self):
        self.operator.tz = "Asia/Kathmandu"
        with freeze_time("2026-03-01 09:00:00"):
            self.connector.end_datetime = datetime(2026, 3, 1, 8, 30)
            window = self.request_made()["odkconfig"]
        self.assertEqual(window["enddate"], "2026-03-01T08:30:00.000Z")
        self.connector.end_datetime = Datetime.now() + timedelta(days=1)
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.connector.write({"start_datetime": self.connector.end_datetime})

    def test_c16_the_callback_timeout_has_nothing_to_do_with_calling_the_mts(self):
        self.connector.callback_timeout = 1
        self.seeder.set_dials(submit_slow=1.5)
        self.run_round()
        self.assertEqual(self.connector.job_status, "completed")

    def test_c16_every_call_has_a_time_out_and_its_end_is_no_end_of_the_connector(self):
        self.seeder.set_dials(submit_slow={"value": 15, "calls": 1})
        # Tests of Odoo raise every time-out to ten seconds.
        with patch("odoo.addons.mts_connector.wire.client.PULL_PATIENCE", 10):
            self.start()
            self.queue.perform(self.queue.waiting)
        self.assertIn("did not answer within 10 seconds", self.connector.trouble)
        self.assertEqual(self.connector.job_status, "running")
        self.queue.work_off()
        self.assertEqual(self.connector.job_status, "completed")

    def test_c17_stopping_a_copy_leaves_the_schedule_of_the_original_alone(self):
        self.connector.is_recurring = "recurring"
        self.start()
        copy = self.connector.copy()
        self.assertRecordValues(
            copy,
            [
                {
                    "job_status": "draft",
                    "cron_id": False,
                    "user_id": False,
                    "request_identifier": False,
                    "odk_pulled_until": False,
                }
            ],
        )
        self.assertFalse(copy.sudo().odk_password_value)
        copy.with_user(self.operator).action_stop()
        copy.unlink()
        self.assertTrue(self.connector.cron_id.exists())

    def test_c18_the_scheduled_action_works_as_a_fixed_user_and_goes_with_stop(self):
        self.connector.write({"is_recurring": "recurring", "interval_minutes": 30})
        self.start()
        self.queue.work_off()
        cron = self.connector.cron_id
        self.assertRecordValues(
            cron,
            [
                {
                    "user_id": self.env.ref("base.user_root").id,
                    "interval_number": 30,
                    "interval_type": "minutes",
                    "active": True,
                }
            ],
        )
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(len(self.queue.waiting), 1)
        self.stop()
        self.assertFalse(cron.exists())
        self.assertFalse(self.queue.waiting)

    def test_c18_restart_does_not_double_anything(self):
        self.connector.is_recurring = "recurring"
        crons = self.env["ir.cron"].search_count([])
        for _ in range(3):
            self.start()
            self.stop()
        self.start()
        self.assertEqual(self.env["ir.cron"].search_count([]), crons + 1)
        self.assertEqual(len(self.queue.waiting), 1)

    def test_c19_addresses_may_end_in_a_slash_and_a_form_may_be_named(self):
        self.connector.write(
            {
                "mts_url": f"{self.seeder.url}/",
                "odk_base_url": f"{self.seeder.odk_url}/",
                "odk_odata_url": False,
                "odk_project_id": "1",
                "odk_form_id": "people",
                "odk_version": "v1",
            }
        )
        self.run_round()
        self.assertEqual(self.pulled(), [["vid-1", "vid-2"]])
        self.assertEqual(self.seeder.submissions()[0]["status"], 200)

    def test_c20_whatever_the_mts_offers_can_be_asked_for(self):
        self.callback(
            callback_in_bulk=True,
            callback_authtype="oauth",
            callback_auth_url="https://idp.example.test/token",
            callback_auth_client_id="connector",
            callback_auth_client_secret=PASSWORD,
        )
        asked = self.request_made()["callbackProperties"]
        self.assertTrue(asked["callInBulk"])
        self.assertEqual(asked["authOauth"]["clientId"], "connector")
        self.assertEqual(asked["authOauth"]["clientSecret"], PASSWORD)
        self.stop()
        self.seeder.clear_seen()
        self.connector.write(
            {
                "output_type": "csv",
                "callback_authtype": "staticBearer",
                "callback_auth_token": "sample-word",
            }
        )
        request = self.request_made()
        asked = request["callbackProperties"]
        self.assertEqual((request["output"], asked["requestFileName"]), ("csv", "file"))
        self.assertEqual(asked["authStaticBearer"], {"token": "sample-word"})
        self.assertEqual(self.seeder.submissions()[0]["status"], 200)

    def test_c21_a_mapping_that_the_mts_would_refuse_cannot_be_saved(self):
        for mapping in ("[]", '{"name": "given_name"}', '{"vid": ["vid"]}', '{"vide": "vid"}'):
            with self.subTest(mapping), self.assertRaises(ValidationError):
                self.connector.mapping = mapping

    def test_c25_the_work_cannot_be_called_from_outside(self):
        model = self.env["mts.connector"].with_user(self.manager)
        for method in ("mts_onetime_action", "custom_single_action"):
            self.assertFalse(hasattr(model, method))
        with self.assertRaises(AccessError):
            call_kw(model, "_run_round", [self.connector.ids], {})
