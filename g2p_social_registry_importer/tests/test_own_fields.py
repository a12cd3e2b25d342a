from odoo.exceptions import AccessError
from odoo.fields import Datetime
from odoo.service.model import call_kw
from odoo.tests import Form, new_test_user, tagged

from .common import ImporterCase
from .people import families

IMPORT = "g2p.fetch.social.registry.beneficiary"
DAY = "2026-03-02 08:00:00"
OF_AN_IMPORT = {
    "last_sync_date": DAY,
    "last_full_sync_date": DAY,
    "last_arrival_date": DAY,
    "silence_told": True,
}
OF_A_SOURCE = {
    "trial_date": DAY,
    "trial_state": "works",
    "trial_text": "It works.",
    "checkup_date": DAY,
    "checkup_strategy": "incremental",
    "checkup_sees_updates": "yes",
    "checkup_clock_skew": 7.0,
    "source_schema_text": "type Query",
}


@tagged("post_install", "-at_install")
class TestOwnFields(ImporterCase):
    """What the importer notes cannot be written by those who may write the settings."""

    def _call(self, user, record, method, *args, **context):
        model = record.browse().with_user(user).with_context(**context)
        return call_kw(model, method, [*([record.ids] if record else []), *args], {})

    def test_a_manager_cannot_write_what_an_import_notes(self):
        for name, value in OF_AN_IMPORT.items():
            with self.subTest(name), self.assertRefused("Nobody writes these by hand", AccessError):
                self._call(self.manager, self.importer, "write", {name: value})

    def test_a_manager_cannot_write_what_was_found_out_about_a_source(self):
        for name, value in OF_A_SOURCE.items():
            with self.subTest(name), self.assertRefused("Nobody writes these by hand", AccessError):
                self._call(self.manager, self.data_source, "write", {name: value})

    def test_the_refusal_names_the_fields_as_the_form_does(self):
        with self.assertRefused("Last synced on, Last full pass", AccessError):
            self._call(self.manager, self.importer, "write", {"name": "X", **OF_AN_IMPORT})

    def test_a_manager_cannot_write_what_enrolled_somebody(self):
        self.importer.target_program = self.env["g2p.program"].create({"name": "Test Fuel"})
        run = self.import_records(*families(1, size=1))
        officer = new_test_user(self.env, "test_pm", groups="g2p_programs.g2p_program_manager")
        membership = self.env["g2p.program_membership"].search([("import_run_id", "=", run.id)])
        with self.assertRefused("Enrolled by Import", AccessError):
            self._call(officer, membership, "write", {"import_run_id": False})
        self._call(officer, membership, "write", {"import_run_id": run.id})

    def test_an_import_does_not_begin_with_a_cursor(self):
        empty = self.env[IMPORT]
        vals = {"name": "New", "data_source_id": self.data_source.id, "query": self.importer.query}
        with self.assertRefused("Nobody writes these by hand", AccessError):
            self._call(self.manager, empty, "create", [{**vals, "last_sync_date": DAY}])
        defaults = {f"default_{name}": value for name, value in OF_AN_IMPORT.items()}
        (number,) = self._call(self.manager, empty, "create", [vals], **defaults)
        self.assertFalse(empty.browse(number).last_sync_date)
        self.assertFalse(empty.browse(number).silence_told)

    def test_a_file_does_not_bring_a_cursor(self):
        result = self._call(
            self.manager,
            self.env[IMPORT],
            "load",
            ["name", "data_source_id/.id", "query", "last_sync_date"],
            [["New", str(self.data_source.id), self.importer.query, DAY]],
        )
        self.assertFalse(result["ids"])
        self.assertIn("Last synced on", result["messages"][0]["message"])

    def test_a_users_own_defaults_do_not_count(self):
        defaults = self.env["ir.default"].with_user(self.manager)
        defaults.set(IMPORT, "last_sync_date", DAY, user_id=True)
        vals = {"name": "New", "data_source_id": self.data_source.id, "query": self.importer.query}
        (number,) = self._call(self.manager, self.env[IMPORT], "create", [vals])
        self.assertFalse(self.env[IMPORT].browse(number).last_sync_date)

    def test_a_copy_begins_anew(self):
        self.import_records(*families(1, size=1))
        self.assertTrue(self.importer.last_arrival_date)
        copy = self.importer.with_user(self.manager).copy()
        self.assertFalse(copy.last_sync_date or copy.last_arrival_date)

    def test_what_is_as_it_was_may_be_saved_with_the_rest(self):
        self.import_records(*families(1, size=1))
        day = Datetime.to_string(self.importer.last_sync_date)
        same = {"last_sync_date": day, "silence_told": False}
        self._call(self.manager, self.importer, "write", {"name": "Renamed", **same})
        self.assertEqual(self.importer.name, "Renamed")

    def test_forms_and_buttons_of_a_manager_go_on_working(self):
        self.import_records(*families(1, size=1))
        with Form(self.importer.with_user(self.manager)) as form:
            form.page_size = 7
        self.importer.with_user(self.manager).action_reset_cursor()
        self.assertFalse(self.importer.last_sync_date)
        source = self.data_source.with_user(self.manager)
        source.action_test_connection()
        self.assertEqual(source.trial_state, "works")
        source.action_check_up()
        self.assertTrue(source.source_schema_text)
        source.url = f"{source.url}/elsewhere"
        self.assertFalse(source.trial_state or source.checkup_date)
