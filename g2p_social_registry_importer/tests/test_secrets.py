from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged

from .common import ImporterCase
from .people import families, household

MASK = "••••••••"
SECRETS = {
    "spp.data.source": (
        "oauth_client_secret_value",
        "fixed_token_value",
        "basic_password_value",
        "api_key_value",
        "client_key_value",
        "signing_key_value",
        "access_token_value",
        "access_token_expires_at",
    ),
    "g2p.social.registry.import.page": ("payload", "payload_hash"),
    "g2p.social.registry.import.issue": ("subject",),
    "g2p.social.registry.imported.registrants": ("fingerprint", "natural_key", "source_digest"),
}


@tagged("post_install", "-at_install")
class TestSecrets(ImporterCase):
    def setUp(self):
        super().setUp()
        self.env["res.partner"].create(
            {
                "name": "A person",
                "is_registrant": True,
                "reg_ids": [(0, 0, {"id_type": self.card.id, "value": "C-9"})],
            }
        )
        self.import_records(*families(1), household("h9", "A conflict", "C-9"))
        names = ("fixed_token", "basic_password", "api_key", "client_key", "signing_key")
        self._create_data_source(name="Many secrets", **{name: f"a {name}" for name in names})

    def test_nobody_reads_them_by_any_way_the_orm_offers(self):
        for user in self.env.ref("base.user_admin") | self.manager | self.operator:
            for name, fields in SECRETS.items():
                rows = self.env[name].search([])
                for field in fields if name == "spp.data.source" else fields[:1]:
                    self.assertTrue(any(rows.mapped(field)), f"there is a {field} to be read")
                for field in fields:
                    for method, args in self._ways(rows.ids, field):
                        with self.subTest(user=user.login, field=field, method=method):
                            self.assertRefusedOrSilent(name, user, method, args, field)

    def _ways(self, ids, field):
        return (
            ("read", [ids, [field]]),
            ("web_read", [ids, {field: {}}]),
            ("export_data", [ids, [field]]),
            ("search", [[(field, "!=", False)]]),
            ("search_count", [[(field, "=like", "a%")]]),
            ("search", [[], 0, None, field]),
            ("search_read", [[], [field]]),
            ("web_search_read", [[], {field: {}}]),
            ("formatted_read_group", [[], [field], ["__count"]]),
            ("formatted_read_group", [[], [], [f"{field}:max"]]),
            ("name_search", ["", [(field, "!=", False)]]),
            ("mapped", [ids, field]),
            ("filtered_domain", [ids, [(field, "!=", False)]]),
            ("copy_data", [ids]),
            ("fields_get", [[field]]),
        )

    def assertRefusedOrSilent(self, name, user, method, args, field):
        """Refused, except for what lists all fields and leaves these out."""
        model = self.env[name].with_user(user)
        self.env.flush_all()
        self.env.invalidate_all()
        if method in ("copy_data", "fields_get"):
            try:
                self.assertNotIn(field, repr(call_kw(model, method, args, {})))
            except AccessError:
                return
        else:
            # Users who may not export anything are told so by a plain UserError.
            with self.assertRaises(UserError if method == "export_data" else AccessError):
                call_kw(model, method, args, {})

    def test_they_cannot_be_reached_through_a_relation(self):
        for user in self.env.ref("base.user_admin") | self.manager:
            imports = self.env["g2p.fetch.social.registry.beneficiary"].with_user(user)
            domain = [("data_source_id.oauth_client_secret_value", "=like", "s%")]
            with self.assertRaises(AccessError):
                imports.search(domain)

    def test_the_secret_is_shown_as_a_mask_and_only_if_there_is_one(self):
        source = self.data_source.with_user(self.manager)
        self.assertEqual(source.read(["oauth_client_secret"])[0]["oauth_client_secret"], MASK)
        empty = self._create_data_source(name="No client yet", oauth_client_secret=False)
        self.assertFalse(empty.oauth_client_secret)

    def test_the_answer_to_saving_is_the_mask(self):
        source = self.env["spp.data.source"].with_user(self.manager)
        values = {"oauth_client_secret": "CANARY-SECRET"}
        specification = {"oauth_client_secret": {}}
        answer = call_kw(source, "web_save", [self.data_source.ids, values, specification], {})
        self.assertEqual(answer[0]["oauth_client_secret"], MASK)
        values |= {"name": "Third registry", "url": "https://third.example.test/api"}
        answer = call_kw(source, "web_save", [[], values, specification], {})
        self.assertEqual(answer[0]["oauth_client_secret"], MASK)

    def test_saving_the_mask_keeps_the_secret(self):
        source = self.data_source
        before = source.oauth_client_secret_value
        source.with_user(self.manager).write({"oauth_client_secret": MASK, "timeout": 30})
        self.assertEqual(source.oauth_client_secret_value, before)

    def test_a_new_secret_replaces_the_old_one_and_its_token(self):
        source = self.data_source
        self.assertTrue(source.access_token_value)
        source.with_user(self.manager).oauth_client_secret = "CANARY-SECRET"
        self.assertEqual(source.oauth_client_secret_value, "CANARY-SECRET")
        self.assertFalse(source.access_token_value)

    def test_a_copy_of_the_data_source_has_no_secret(self):
        copy = self.data_source.with_user(self.manager).copy().sudo()
        self.assertFalse(copy.oauth_client_id or copy.oauth_client_secret_value)
        self.assertFalse(copy.access_token_value)
        self.assertEqual(len(copy.data_source_path_ids), 2)

    def test_without_an_own_client_the_global_one_of_the_system_parameters_serves(self):
        parameters = self.env["ir.config_parameter"]
        server = self.social_registry
        self.data_source.write({"oauth_client_id": False, "oauth_client_secret": False})
        parameters.set_param("g2p_import_social_registry.client_id", server.client_id)
        parameters.set_param("g2p_import_social_registry.client_password", server.client_secret)
        self.assertOutcome(self.run_import(), "incomplete", unchanged=1, conflict=1)
