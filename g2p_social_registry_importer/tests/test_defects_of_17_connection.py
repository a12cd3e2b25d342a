import logging

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged
from odoo.tools import convert_file

from .common import ImporterCase, start_social_registry
from .people import families, household

ADDON = "g2p_social_registry_importer"
SECRET = "CANARY-SECRET"


@tagged("post_install", "-at_install")
class TestDefectsOf17Connection(ImporterCase):
    """What was wrong in the 17.0 importer's connection, by its number among its known defects."""

    def test_a02_nobody_gets_a_token_or_has_the_secret_sent_by_a_remote_call(self):
        self.import_records(*families(1))
        portal = new_test_user(self.env, "test_a02_portal", groups="base.group_portal")
        self.social_registry.clear_log()
        for user in portal | self.operator | self.manager | self.env.ref("base.user_admin"):
            for model, ids in (
                ("g2p.fetch.social.registry.beneficiary", self.importer.ids),
                ("spp.data.source", self.data_source.ids),
            ):
                thief = "https://thief.example.test/token"
                for method, arguments, refusal in (
                    ("get_auth_token", [ids, thief], AttributeError),
                    ("_access_token", [ids], AccessError),
                    ("_client_credentials", [ids], AccessError),
                    ("_authentication", [ids], AccessError),
                    ("_secret", [ids, "oauth_client_secret"], AccessError),
                ):
                    with self.subTest(user=user.login, method=method), self.assertRaises(refusal):
                        call_kw(self.env[model].with_user(user), method, arguments, {})
        self.assertEqual(self.social_registry.token_calls(), 0)

    def test_a04_a_secret_stands_in_no_system_parameter_and_nobody_reads_it(self):
        self.data_source.with_user(self.manager).oauth_client_secret = SECRET
        self.env.flush_all()
        self.env.cr.execute("SELECT count(*) FROM ir_config_parameter WHERE value = %s", [SECRET])
        self.assertEqual(self.env.cr.fetchone(), (0,))
        for user in self.operator | self.manager | self.env.ref("base.user_admin"):
            source = self.data_source.with_user(user)
            self.assertNotIn(SECRET, repr(source.read(["name", "oauth_client_secret"])))
            with self.assertRaises(AccessError):
                source.read(["oauth_client_secret_value"])
        for user in self.operator | self.manager:
            with self.assertRaises(AccessError):
                self.env["ir.config_parameter"].with_user(user).search_read([])

    def test_a05_an_upgrade_leaves_the_connection_as_it_was_set_up(self):
        source = self.env.ref(f"{ADDON}.g2p_social_registry_data_source")
        values = {
            "url": "https://real.example.test/api",
            "auth_type": "api_keys",
            "api_key_header": "X-Registry-Key",
            "protocol": "graphql",
            "graphql_limit": "first",
            "proxy_url": "http://proxy.example.test:3128",
            "timeout": 20,
        }
        source.write({**values, "api_key": SECRET})
        parameter = self.env.ref(f"{ADDON}.g2p_import_social_registry_grant_type")
        parameter.value = "urn:example:grant"
        manifest = self.env["ir.module.module"].get_module_info(ADDON)
        for file in (name for name in manifest["data"] if name.startswith(("data/", "security/"))):
            convert_file(self.env, ADDON, file, {}, mode="update", noupdate=False)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual({name: source[name] for name in values}, values)
        self.assertEqual(source.api_key_value, SECRET)
        self.assertEqual(parameter.value, "urn:example:grant")

    def test_a06_neither_token_nor_secret_nor_answer_is_logged_at_any_level(self):
        self.social_registry.put_registrants([household("h1", "CANARY household", "CANARY-1")])
        with self._everything_logged() as lines:
            self.run_import()
            self.data_source.with_user(self.manager).action_test_connection()
            token = self.data_source.access_token_value
            self.social_registry.set_dials(http_401=True)
            self.data_source.with_user(self.manager).action_test_connection()
            self.social_registry.set_dials(token_401=True)
            self.data_source.with_user(self.manager).action_test_connection()
        self.assertTrue(any("127.0.0.1" in line for line in lines), "urllib3 does speak")
        for word in (token, self.social_registry.client_secret, "CANARY"):
            self.assertFalse([line for line in lines if word in line])

    def _everything_logged(self):
        """All messages of the block but SQL statements, whose values are an option of Odoo's."""
        return _Log()

    def test_a08_nothing_goes_out_unencrypted_unless_a_manager_says_so(self):
        path = self.data_source.data_source_path_ids.filtered(lambda one: "Sync" in one.key)
        path.value = "http://social-registry.example.test/search"
        source = self.data_source.with_user(self.manager)
        shown = source.action_test_connection()["params"]
        self.assertIn("social-registry.example.test would be called without encr", shown["message"])
        with self.assertRaises(AccessError):
            self.data_source.with_user(self.operator).allow_unencrypted = True
        shipped = self.env.ref(f"{ADDON}.g2p_social_registry_data_source")
        addresses = [shipped.url, *shipped.get_source_path_id_key_full_path_pair().values()]
        self.assertEqual([one for one in addresses if not one.startswith("https://")], [])
        self.assertFalse(shipped.allow_unencrypted)

    def test_a10_each_source_asks_as_itself_in_its_own_way(self):
        other = start_social_registry(basic="south:a plain word")
        self.addCleanup(other.stop)
        for server in (self.social_registry, other):
            server.put_registrants(families(1))
        south = self._create_data_source(
            name="South",
            auth_type="basic_authentication",
            basic_user="south",
            basic_password="a plain word",
            data_source_path_ids=[
                (0, 0, {"key": "Registry Sync Search", "value": other.search_url})
            ],
        )
        self.assertOutcome(self.run_import(), created=1)
        run = self.run_import(self._create_importer(name="South", data_source_id=south.id))
        self.assertOutcome(run, unchanged=1)
        self.assertEqual((self.social_registry.token_calls(), other.token_calls()), (1, 0))

    def test_a10_a_global_secret_never_goes_out_under_another_clients_id(self):
        self.env["ir.config_parameter"].set_param(
            "g2p_import_social_registry.client_password", self.social_registry.client_secret
        )
        self.data_source.oauth_client_secret = False
        self.assertOutcome(self.run_import(), "failed")


class _Log(logging.Handler):
    """Collects what every logger says at every level while it is entered."""

    def __init__(self):
        super().__init__()
        self._lines = []
        self._loggers = logging.getLogger(), logging.getLogger("odoo.sql_db")

    def emit(self, record):
        self._lines.append(f"{record.name}: {self.format(record)}")

    def __enter__(self):
        root, sql = self._loggers
        self._levels = root.level, sql.level
        root.addHandler(self)
        root.setLevel(logging.DEBUG)
        sql.setLevel(logging.WARNING)
        return self._lines

    def __exit__(self, *_exc):
        root, sql = self._loggers
        root.removeHandler(self)
        for logger, level in zip((root, sql), self._levels, strict=True):
            logger.setLevel(level)
