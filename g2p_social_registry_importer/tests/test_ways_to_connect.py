import base64
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common import ImporterCase, start_social_registry
from .people import families

NAMES = {"getRegistrants": "people", "limit": "first", "offset": "skip", "order": "sortBy"}


@tagged("post_install", "-at_install")
class TestWaysToConnect(ImporterCase):
    """Whole imports from registries that want to be asked in other ways."""

    def _registry_with(self, **options):
        registry = start_social_registry(**options)
        self.addCleanup(registry.stop)
        registry.put_registrants(families(2))
        return registry

    def _import_from(self, registry, url=None, **vals):
        paths = {"Registry Sync Search": url or registry.search_url}
        if "oauth_client_id" in vals:
            paths["Authentication"] = registry.token_url
        none = {"oauth_client_id": False, "oauth_client_secret": False}
        source = self._create_data_source(
            name="Another registry",
            url=registry.base_url,
            data_source_path_ids=[(0, 0, {"key": k, "value": v}) for k, v in paths.items()],
            **none | vals,
        )
        run = self.run_import(self._create_importer(name="Others", data_source_id=source.id))
        self.assertOutcome(run, created=2)
        return registry

    def test_user_name_and_password(self):
        registry = self._registry_with(basic="importer:a plain word")
        self._import_from(
            registry,
            auth_type="basic_authentication",
            basic_user="importer",
            basic_password="a plain word",
        )
        self.assertEqual(registry.token_calls(), 0)

    def test_a_key_in_a_header(self):
        registry = self._registry_with(api_key="X-Registry-Key=plain-word")
        self._import_from(
            registry, auth_type="api_keys", api_key_header="X-Registry-Key", api_key="plain-word"
        )

    def test_a_fixed_token(self):
        registry = self._registry_with(fixed_token="plain-word")
        self._import_from(registry, bearer_kind="fixed", fixed_token="plain-word")

    def test_a_client_secret_as_basic(self):
        registry = self._registry_with()
        self._import_from(
            registry,
            oauth_client_id=registry.client_id,
            oauth_client_secret=registry.client_secret,
            oauth_client_auth="basic",
        )

    def test_plain_graphql_in_names_of_its_own(self):
        names = ",".join(f"{name}={own}" for name, own in NAMES.items())
        registry = self._registry_with(graphql_names=names)
        self._import_from(
            registry,
            f"{registry.url}/graphql",
            oauth_client_id=registry.client_id,
            oauth_client_secret=registry.client_secret,
            protocol="graphql",
            graphql_root_field="people",
            graphql_limit="first",
            graphql_offset="skip",
            graphql_order="sortBy",
        )

    def test_signed_both_ways(self):
        ours, theirs = _keys(), _keys()
        with TemporaryDirectory() as folder:
            (Path(folder) / "ours.pem").write_text(ours[1])
            (Path(folder) / "theirs.pem").write_text(theirs[0])
            registry = self._registry_with(
                verify_key=f"{folder}/ours.pem", sign_key=f"{folder}/theirs.pem"
            )
            self._import_from(
                registry,
                oauth_client_id=registry.client_id,
                oauth_client_secret=registry.client_secret,
                sender_id="pbms.example.test",
                signing_key=ours[0],
                signing_key_name="key-1",
                registry_public_key=theirs[1],
            )
        sent = registry.log()[-1]["envelope"]["signature"]
        self.assertIn('kidId="pbms.example.test|key-1|ed25519"', sent)

    def test_a_key_of_odoo_signs_where_its_addon_is_installed(self):
        offered = self.data_source._fields["signing_key_record"].get_values(self.env)
        if "certificate.key" not in self.env:
            self.assertEqual(offered, [])
            return
        private, _public = _keys()
        content = base64.b64encode(private.encode())
        key = self.env["certificate.key"].create({"name": "Ours", "content": content})
        self.data_source.signing_key_record = f"certificate.key,{key.id}"
        source = self.data_source.with_user(self.manager)
        self.assertTrue(source._signer().sign({"header": {}, "message": {}}))

    def test_the_form_asks_only_for_what_applies(self):
        with Form(self.data_source.with_user(self.manager)) as form:
            form.auth_type = "basic_authentication"
            form.basic_user = "importer"
            form.basic_password = "a plain word"
            with self.assertRaises(AssertionError):
                form.oauth_client_id = "hidden"
            form.protocol = "graphql"
            form.graphql_limit = "first"
            with self.assertRaises(AssertionError):
                form.signing_key_name = "hidden"
        self.assertEqual(self.data_source.basic_password_value, "a plain word")

    def test_settings_that_cannot_work_are_refused_as_they_are_saved(self):
        for values, words in (
            ({"proxy_url": "proxy:3128"}, "absolute URL"),
            ({"proxy_url": "http://a:b@proxy.example.test"}, "user name or a password"),
            ({"ca_bundle": "nonsense"}, "PEM"),
            ({"registry_public_key": "nonsense"}, "PEM"),
            ({"protocol": "graphql", "graphql_root_field": False}, "Root Field"),
            ({"protocol": "graphql", "graphql_limit": "max rows"}, "Limit"),
        ):
            with self.subTest(values), self.assertRefused(words, ValidationError):
                self.data_source.with_user(self.manager).write(values)


def _keys():
    """A fresh Ed25519 pair as PEM, the private one first."""
    key = ed25519.Ed25519PrivateKey.generate()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), public.decode()
