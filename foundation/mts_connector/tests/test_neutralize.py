from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests import tagged

from .common import PASSWORD, ConnectorCase


@tagged("post_install", "-at_install")
class TestNeutralize(ConnectorCase):
    def test_a_copied_database_knows_no_password_and_no_server(self):
        self.connector.write(
            {
                "odk_password": PASSWORD,
                "callback_auth_password": PASSWORD,
                "callback_auth_token_place": "environment",
                "callback_auth_token_key": "G2P_TOKEN",
                "odk_base_url": "https://odk.example.test",
                "callback_url": "https://odoo.example.test/callback",
            }
        )
        self.env.flush_all()
        for query in get_neutralization_queries(["mts_connector"]):
            self.cr.execute(query)
        self.env.invalidate_all()
        (row,) = self.connector.sudo().read()
        self.assertNotIn("https://o", repr(row))
        self.assertNotIn(PASSWORD, repr(row))
        self.assertFalse(row["odk_password_value"] or row["callback_auth_password_value"])
        self.assertFalse(row["callback_auth_token_key"])
        self.assertEqual(row["callback_auth_token_place"], "database")
        self.assertEqual(self.connector.mts_url, "https://mts.invalid")
