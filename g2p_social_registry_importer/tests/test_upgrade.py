from odoo.tests import tagged
from odoo.tools import convert_file

from .common import ImporterCase

ADDON = "g2p_social_registry_importer"


@tagged("post_install", "-at_install")
class TestUpgrade(ImporterCase):
    """An upgrade of the addon leaves alone what people set up."""

    def _upgrade(self):
        """Load the data files again, the way an upgrade does."""
        manifest = self.env["ir.module.module"].get_module_info(ADDON)
        for file in manifest["data"]:
            if file.startswith(("data/", "security/")):
                convert_file(self.env, ADDON, file, {}, mode="update", noupdate=False)
        self.env.flush_all()
        self.env.invalidate_all()

    def test_settings_stay_as_they_were_changed(self):
        changed = {
            "g2p_fetch_sr_data": {"query": "{ getRegistrants { name } }", "page_size": 50},
            "g2p_social_registry_data_source": {
                "url": "https://real.example.test/api",
                "oauth_client_id": "importer",
            },
            "g2p_social_registry_registry_path": {"value": "/other/search"},
            "g2p_social_registry_oauth2_path": {"value": "https://id.example.test/token"},
            "g2p_import_social_registry_staged_payload_days": {"value": "2"},
            "channel_fetch": {"removal_interval": 5},
            "job_function_fetch_page": {"edit_retry_pattern": "{1: 77}"},
            "cron_schedule": {"active": False},
            "cron_sweep": {"interval_number": 11, "interval_type": "hours"},
            "g2p_import_social_registry_issue_label_days": {"value": "0"},
            "run_company_rule": {"active": False},
        }
        for name, values in changed.items():
            self.env.ref(f"{ADDON}.{name}").write(values)
        self._upgrade()
        for name, values in changed.items():
            with self.subTest(record=name):
                record = self.env.ref(f"{ADDON}.{name}")
                self.assertEqual({key: record[key] for key in values}, values)

    def test_a_role_that_was_taken_away_is_not_given_back(self):
        admin = self.env.ref("base.user_admin")
        groups = [self.env.ref(f"{ADDON}.group_import_{name}") for name in ("manager", "officer")]
        for group in groups:
            self.assertIn(admin, group.user_ids)
            group.user_ids -= admin
            group.user_ids += self.operator
        self._upgrade()
        for group in groups:
            self.assertNotIn(admin, group.user_ids)
            self.assertIn(self.operator, group.user_ids)

    def test_the_secret_stays(self):
        source = self.env.ref(f"{ADDON}.g2p_social_registry_data_source")
        source.oauth_client_secret = "CANARY-SECRET"
        self._upgrade()
        self.assertEqual(source.oauth_client_secret_value, "CANARY-SECRET")

    def test_a_record_of_ours_that_was_deleted_does_not_come_back(self):
        self.env.ref(f"{ADDON}.g2p_fetch_sr_data").unlink()
        self._upgrade()
        self.assertFalse(self.env.ref(f"{ADDON}.g2p_fetch_sr_data", raise_if_not_found=False))
