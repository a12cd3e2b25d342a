import psycopg2

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import ConnectorCase


@tagged("post_install", "-at_install")
class TestConnector(ConnectorCase):
    def test_defaults(self):
        form = Form(self.env["mts.connector"].with_user(self.manager))
        form.name = "B"
        form.mts_url = "https://mts.example.test"
        form.input_type = "odk"
        form.odk_base_url = "https://odk.example.test"
        form.odk_odata_url = "https://odk.example.test/v1/projects/1/forms/a.svc"
        form.odk_email = "reader@example.test"
        self.assertRecordValues(
            form.save(),
            [
                {
                    "job_status": "draft",
                    "lang_code": "eng",
                    "output_type": "json",
                    "output_format": False,
                    "delivery_type": "callback",
                    "callback_httpmethod": "POST",
                    "callback_timeout": 10,
                    "is_recurring": "onetime",
                }
            ],
        )

    @mute_logger("odoo.sql_db")
    def test_the_database_keeps_these_rules(self):
        cases = [
            ({"name": self.connector.name}, psycopg2.errors.UniqueViolation),
            ({"name": False}, psycopg2.errors.NotNullViolation),
            ({"lang_code": "en"}, psycopg2.errors.CheckViolation),
            ({"lang_code": "ENG"}, psycopg2.errors.CheckViolation),
            ({"lang_code": "eng\n"}, psycopg2.errors.CheckViolation),
            ({"callback_timeout": 0}, psycopg2.errors.CheckViolation),
            (
                {"is_recurring": "recurring", "interval_minutes": 0},
                psycopg2.errors.CheckViolation,
            ),
            (
                {"start_datetime": "2026-02-01 00:00:00", "end_datetime": "2026-01-01 00:00:00"},
                psycopg2.errors.CheckViolation,
            ),
        ]
        for vals, error in cases:
            with self.subTest(vals), self.assertRaises(error), self.env.cr.savepoint():
                self._create_connector(**{"name": "B", **vals})

    def test_a_one_time_connector_needs_no_interval_and_half_a_window_is_fine(self):
        connector = self._create_connector(
            name="B", interval_minutes=0, start_datetime="2026-02-01 00:00:00"
        )
        self.assertEqual((connector.interval_minutes, connector.end_datetime), (0, False))

    def test_a_blank_name_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "blank"):
            self.connector.name = "  "

    def test_urls_are_checked(self):
        for name, label in (
            ("mts_url", "URL to Reach MTS"),
            ("odk_base_url", "ODK Base URL"),
            ("odk_odata_url", "ODK OData URL"),
            ("callback_url", "Callback URL"),
            ("callback_auth_url", "Callback Authentication URL"),
        ):
            with self.subTest(name):
                self.connector[name] = "https://other.example.test/a"
                with (
                    self.assertRaisesRegex(ValidationError, label),
                    self.env.cr.savepoint(),
                ):
                    self.connector[name] = "other.example.test/a"

    def test_output_format_must_compile(self):
        self.connector.output_format = '{ref: (.input.ref // ""), out: .output}'
        with self.assertRaisesRegex(ValidationError, "not a jq program: syntax error"):
            self.connector.output_format = "{ref: "

    def test_a_connector_at_work_cannot_be_deleted(self):
        idle = self._create_connector(name="B")
        for state in ("started", "running"):
            self.connector.job_status = state
            with self.subTest(state), self.assertRaisesRegex(UserError, "cannot be deleted"):
                (idle | self.connector).unlink()
        self.connector.job_status = "completed"
        (idle | self.connector).unlink()

    def test_a_copy_has_no_status_no_schedule_and_its_own_name(self):
        cron = self.env["ir.cron"].create(
            {
                "name": "x",
                "model_id": self.env.ref("mts_connector.model_mts_connector").id,
                "code": "pass",
                "active": False,
            }
        )
        self.connector.write({"job_status": "completed", "cron_id": cron.id})
        copy = self.connector.copy()
        self.assertRecordValues(copy, [{"job_status": "draft", "cron_id": False}])
        self.assertNotEqual(copy.name, self.connector.name)
        self.assertEqual(self.connector.copy({"name": "C"}).name, "C")

    def test_deleting_the_scheduled_action_keeps_the_connector(self):
        cron = self.env["ir.cron"].create(
            {
                "name": "x",
                "model_id": self.env.ref("mts_connector.model_mts_connector").id,
                "code": "pass",
                "active": False,
            }
        )
        self.connector.cron_id = cron
        cron.unlink()
        self.connector.invalidate_recordset()
        self.assertFalse(self.connector.cron_id)
