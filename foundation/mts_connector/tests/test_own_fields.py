from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import Form, tagged
from odoo.tools import SQL

from .common import WorkCase

#: What only the work itself writes, and what somebody could wish to stand there.
WISHES = {
    "user_id": 1,
    "job_status": "running",
    "trouble": "Call this number for help.",
    "paused_until": "2026-03-01 08:00:00",
    "pause_count": 9,
    "last_round_at": "2026-03-01 08:00:00",
    "request_identifier": "another-request",
    "odk_pulled_until": "2026-03-01 08:00:00",
}


@tagged("post_install", "-at_install")
class TestOwnFields(WorkCase):
    """What a form shows as read-only is not written by a call either."""

    def rpc(self, method, *args):
        return call_kw(self.env["mts.connector"].with_user(self.manager), method, args, {})

    def wishes(self):
        return {**WISHES, "cron_id": self.foreign_cron().id}

    def foreign_cron(self):
        return self.env.ref("base.autovacuum_job")

    def assert_foreign_cron_untouched(self):
        before = self.foreign_cron().read(["interval_number", "nextcall"])
        self.connector.with_user(self.manager).interval_minutes = 7
        self.start()
        self.stop()
        self.assertEqual(self.foreign_cron().read(["interval_number", "nextcall"]), before)

    def test_a_manager_writes_nothing_that_only_the_work_writes(self):
        for name, value in self.wishes().items():
            with self.subTest(name), self.assertRaisesRegex(AccessError, "kept by the system"):
                self.rpc("write", self.connector.ids, {name: value})
            with self.subTest(name), self.assertRaisesRegex(AccessError, "kept by the system"):
                vals = {"name": "Other", "mts_url": "https://mts.example.test", name: value}
                self.rpc("create", [vals])
        self.assertRecordValues(self.connector, [{"user_id": False, "job_status": "draft"}])

    def test_a_manager_goes_on_describing_connectors(self):
        with Form(self.env["mts.connector"].with_user(self.manager)) as form:
            form.name = "Other"
            form.mts_url = self.seeder.url
        connector = self.connector.with_user(self.manager)
        connector.start_datetime = "2026-02-01 08:00:00"
        self.run_round()
        self.rpc("write", connector.ids, {"name": "Mended", "job_status": connector.job_status})
        copy = connector.copy()
        self.assertRecordValues(copy, [{"job_status": "draft", "user_id": False}])

    def test_another_window_begins_at_its_beginning(self):
        self.connector.odk_pulled_until = "2026-03-01 08:00:00"
        self.connector.with_user(self.manager).start_datetime = "2026-02-01 08:00:00"
        self.assertFalse(self.connector.odk_pulled_until)

    def test_a_scheduled_action_that_is_not_its_own_is_neither_deleted_nor_changed(self):
        query = "UPDATE mts_connector SET cron_id = %s WHERE id = %s RETURNING id"
        self.env.flush_all()
        self.env.execute_query(SQL(query, self.foreign_cron().id, self.connector.id))
        self.env.invalidate_all()
        self.assert_foreign_cron_untouched()

    def test_all_that_is_read_only_is_its_own(self):
        model = self.env["mts.connector"]
        stored = [field for field in model._fields.values() if field.store and field.readonly]
        told = [f.name for f in stored if not f.compute and f.type != "one2many"]
        left = set(told) - set(model._own_names(told))
        self.assertEqual(left, {"id", "create_uid", "create_date", "write_uid", "write_date"})
