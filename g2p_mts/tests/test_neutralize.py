from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests import tagged

from ..flow import vid_keys
from .clean_up_case import CleanUpCase

KEYS = (vid_keys.PARAMETER, "g2p_mts.receipt_key")


@tagged("post_install", "-at_install")
class TestNeutralize(CleanUpCase):
    def _neutralize(self):
        self.env.flush_all()
        for query in get_neutralization_queries(["g2p_mts"]):
            self.cr.execute(query)
        self.env.invalidate_all()
        self.env.registry.clear_all_caches()

    def _keys(self):
        return {self.env["ir.config_parameter"].get_param(name) for name in KEYS}

    def test_a_copied_database_does_not_know_the_keys_and_can_still_delete(self):
        self.due()
        receipt = self.clean_up()
        self.assertIn("untouched", receipt._verdict()[1])
        before = self._keys()
        self._neutralize()
        self.assertFalse(before & self._keys())
        self.assertTrue(all(len(key) == 64 for key in self._keys()))
        is_good, words = receipt._verdict()
        self.assertFalse(is_good)
        self.assertIn("does not have the key", words)
        self.due()
        self.assertIn("untouched", self.clean_up()._verdict()[1])

    def test_a_copied_database_is_not_named_to_an_mts(self):
        connector = self.request.connector_id
        connector.g2p_answer_base_url = "https://registry.example.test"
        self._neutralize()
        self.assertFalse(connector.g2p_answer_base_url)
