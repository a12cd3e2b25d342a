from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged

from .common import ImporterCase
from .people import families

ADDON = "g2p_social_registry_importer"
#: What only the import itself writes.
LEDGERS = (
    "g2p.social.registry.import.run",
    "g2p.social.registry.import.page",
    "g2p.social.registry.import.issue",
    "g2p.social.registry.import.before.image",
    "g2p.social.registry.import.decision",
    "g2p.social.registry.imported.registrants",
)
SETTINGS = (
    "g2p.fetch.social.registry.beneficiary",
    "spp.data.source",
    "spp.data.source.path",
    "spp.data.source.parameter",
    "spp.data.source.field.mapping",
)


@tagged("post_install", "-at_install")
class TestAccess(ImporterCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outsiders = cls.env.ref("base.public_user").union(
            new_test_user(cls.env, "test_portal", groups="base.group_portal"),
            new_test_user(cls.env, "test_employee", groups="base.group_user"),
            new_test_user(
                cls.env, "test_registrar", groups="g2p_registry_base.group_g2p_registrar"
            ),
            new_test_user(
                cls.env, "test_program_manager", groups="g2p_programs.g2p_program_manager"
            ),
        )

    def setUp(self):
        super().setUp()
        self.national.id_validation = "N-[0-9]-[01]$"
        self.run_of_today = self.import_records(*families(2, size=3), *families(1, start=7, size=1))
        self.assertTrue(self.run_of_today.issue_ids)

    def _own_models(self):
        """Every model of this addon that has rows."""
        models = self.env.registry.values()
        own = [m._name for m in models if m._original_module == ADDON and not m._abstract]
        self.assertIn("g2p.social.registry.import.run", own)
        return own

    def test_who_has_no_role_has_no_access_to_any_model_of_the_addon(self):
        for name in [*self._own_models(), *SETTINGS]:
            ids = self.env[name].search([], limit=1).ids or [1]
            for user in self.outsiders:
                with self.subTest(model=name, user=user.login):
                    model = self.env[name].with_user(user)
                    for call in (
                        ("search_read", [[]]),
                        ("read", [ids]),
                        ("write", [ids, {}]),
                        ("unlink", [ids]),
                        ("create", [[{}]]),
                    ):
                        with self.assertRaises(AccessError, msg=call[0]):
                            call_kw(model, *call, {})

    def test_who_has_no_role_cannot_press_any_button(self):
        run, issue = self.run_of_today, self.run_of_today.issue_ids[0]
        jobs = self.queue.jobs
        for user in self.outsiders:
            for record, method in (
                (self.importer, "fetch_social_registry_beneficiary"),
                (run, "action_cancel"),
                (run, "action_pause"),
                (run, "action_continue"),
                (run, "action_retry"),
                (run, "action_undo"),
                (self.data_source, "action_test_connection"),
                (issue, "action_resolve"),
                (issue, "action_retry"),
            ):
                with self.subTest(user=user.login, method=method), self.assertRaises(UserError):
                    call_kw(record.browse().with_user(user), method, [record.ids], {})
        self.assertEqual(self.importer.run_ids, run)
        self.assertEqual(run.state, "incomplete")
        self.assertEqual(self.queue.jobs, jobs)

    def test_nobody_writes_the_ledgers_by_hand(self):
        for name in LEDGERS:
            for user in self.operator | self.manager | self.env.ref("base.user_admin"):
                with self.subTest(model=name, user=user.login):
                    model = self.env[name].with_user(user)
                    self.assertTrue(model.has_access("read"))
                    for operation in ("write", "create", "unlink"):
                        self.assertFalse(model.has_access(operation), operation)

    def test_operators_see_what_is_imported_and_cannot_change_it(self):
        model = self.importer.with_user(self.operator)
        self.assertTrue(model.read(["name", "query", "last_sync_date"]))
        for operation in ("write", "create", "unlink"):
            self.assertFalse(model.has_access(operation), operation)

    def test_operators_do_not_see_how_the_registry_is_connected(self):
        for name in SETTINGS[2:]:
            self.assertFalse(self.env[name].with_user(self.operator).has_access("read"), name)
        self.assertFalse(self.data_source.with_user(self.operator).has_access("write"))

    def test_managers_connect_a_registry_and_say_what_is_imported(self):
        values = {"name": "Second registry", "url": "https://second.example.test/api"}
        source = self.env["spp.data.source"].with_user(self.manager).create(values)
        source.data_source_path_ids = [(0, 0, {"key": "Authentication", "value": "/token"})]
        importer = self.importer.with_user(self.manager).copy({"data_source_id": source.id})
        importer.page_size = 50
        importer.unlink()
        source.unlink()

    def test_the_last_synced_date_is_not_copied(self):
        self.importer.last_sync_date = "2026-03-02 09:45:00"
        self.assertFalse(self.importer.copy().last_sync_date)

    def test_operators_may_enrol_only_through_an_import(self):
        memberships = self.env["g2p.program_membership"].with_user(self.operator)
        self.assertFalse(memberships.has_access("write"))
        self.assertFalse(memberships.has_access("unlink"))
