import os
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests import tagged
from odoo.tools import config

from .common import ImporterCase
from .people import families


@tagged("post_install", "-at_install")
class TestSecretPlaces(ImporterCase):
    """A secret may be kept in the server's environment or configuration file instead."""

    def _keep(self, place, key):
        self.data_source.with_user(self.manager).write(
            {"oauth_client_secret_place": place, "oauth_client_secret_key": key}
        )

    def _import(self):
        self.social_registry.put_registrants(families(1))
        return self.run_import()

    def test_an_environment_variable_of_the_server(self):
        self._keep("environment", "G2P_TEST_SECRET")
        with patch.dict(os.environ, G2P_TEST_SECRET=self.social_registry.client_secret):
            self.assertOutcome(self._import(), created=1)

    def test_a_key_of_the_configuration_file(self):
        self._keep("configuration", "g2p_test_secret")
        value = self.social_registry.client_secret
        with patch.dict(config.options.maps[0], g2p_test_secret=value):
            self.assertOutcome(self._import(), created=1)

    def test_what_is_kept_elsewhere_is_not_kept_here_as_well(self):
        self.assertTrue(self.data_source.oauth_client_secret_value)
        self._keep("environment", "G2P_TEST_SECRET")
        self.assertFalse(self.data_source.oauth_client_secret_value)

    def test_one_that_is_not_there_is_named_and_the_run_fails_in_words(self):
        self._keep("environment", "G2P_NOT_THERE")
        run = self._import()
        self.assertOutcome(run, "failed")
        self.assertIn("no environment variable “G2P_NOT_THERE”", run.error)
        self.assertFalse(self.social_registry.log())

    def test_no_other_variable_or_setting_of_the_server_can_be_named(self):
        for place, key in (
            ("environment", "PATH"),
            ("environment", "PGPASSWORD"),
            ("environment", "g2p_secret"),
            ("environment", "G2P_A B"),
            ("environment", False),
            ("configuration", "admin_passwd"),
            ("configuration", "db_password"),
            ("configuration", "G2P_SECRET"),
        ):
            with self.subTest(key), self.assertRefused("begins with G2P_", ValidationError):
                self._keep(place, key)

    def test_nor_by_a_row_that_was_written_past_the_check(self):
        self._keep("environment", "G2P_TEST_SECRET")
        self.env.flush_all()
        query = "UPDATE spp_data_source SET oauth_client_secret_key = 'PATH' WHERE id = %s"
        self.env.cr.execute(query, [self.data_source.id])
        self.env.invalidate_all()
        run = self._import()
        self.assertOutcome(run, "failed")
        self.assertNotIn(os.environ["PATH"], run.error)

    def test_a_copied_database_knows_no_secret_and_no_place_of_one(self):
        source = self.data_source
        names = source._secrets
        self.assertGreaterEqual(len(names), 6)
        source.write({**dict.fromkeys(names, "a secret"), "client_certificate": "a name"})
        source.write({"api_key_place": "environment", "api_key_key": "G2P_TEST_SECRET"})
        self.env.flush_all()
        for query in get_neutralization_queries(["g2p_social_registry_importer"]):
            self.cr.execute(query)
        self.env.invalidate_all()
        for name in names:
            self.assertFalse(source[f"{name}_value"] or source[f"{name}_key"], name)
            self.assertEqual(source[f"{name}_place"], "database", name)
        self.assertFalse(source.client_certificate)

    def test_a_secret_is_kept_without_the_blanks_around_it(self):
        self.data_source.oauth_client_secret = f" {self.social_registry.client_secret}\n"
        self.assertOutcome(self._import(), created=1)
