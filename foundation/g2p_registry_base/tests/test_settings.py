from odoo.tests import tagged

from .common import RegistryCase


@tagged("post_install", "-at_install")
class TestSettings(RegistryCase):
    def _save(self, **vals):
        self.env["res.config.settings"].create(vals).execute()
        return self.env["res.config.settings"].create({})

    def test_defaults_are_installed(self):
        parameters = self.env["ir.config_parameter"]
        self.assertEqual(
            parameters.get_param("g2p_registry.max_registrants_count_job_queue"), "200"
        )
        self.assertEqual(
            parameters.get_param("g2p_registry.batch_registrants_count_job_queue"), "2000"
        )

    def test_zero_stays_zero(self):
        saved = self._save(max_registrants_count_job_queue=0)
        self.assertEqual(saved.max_registrants_count_job_queue, 0)

    def test_phone_format_is_kept(self):
        self.assertEqual(self._save(phone_regex=r"\+[0-9]+$").phone_regex, r"\+[0-9]+$")

    def test_broken_phone_format_is_refused(self):
        with self.assertRefused("no regular expression"):
            self._save(phone_regex="[0-9")
