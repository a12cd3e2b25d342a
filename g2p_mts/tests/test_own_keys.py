from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import SQL, config

from odoo.addons.g2p_secrets import places

from .common import RegistryConnectorCase

KEY = "one:" + "k" * 40


@tagged("post_install", "-at_install")
class TestOwnKeys(RegistryConnectorCase):
    """The keys of this server never leave it as the password of a connector."""

    def assert_stays(self, place, name):
        """Neither does a form accept the name, nor code that finds it in the database read it."""
        chosen = {"odk_password_place": place, "odk_password_key": name}
        with self.assertRaisesRegex(ValidationError, "keeps for itself"):
            self.connector.write(chosen)
        with self.assertRaisesRegex(ValidationError, "keeps for itself"):
            self._create_connector(name="Other", **chosen)
        query = "UPDATE mts_connector SET odk_password_place = %s, odk_password_key = %s"
        self.env.flush_all()
        self.env.execute_query(SQL(f"{query} RETURNING id", place, name))
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "the server has no") as caught:
            self.connector._secret("odk_password")
        self.assertNotIn("k" * 40, str(caught.exception))

    def test_the_key_of_deleted_vids_in_the_environment(self):
        with patch.dict(places.os.environ, {"G2P_MTS_VID_KEYS": KEY}):
            self.assertEqual(self.env["g2p.mts.vid.gone"]._keys().current, "one")
            self.assert_stays("environment", "G2P_MTS_VID_KEYS")

    def test_the_key_of_deleted_vids_in_the_configuration_file(self):
        with patch.dict(config.options.maps[0], g2p_mts_vid_keys=KEY):
            self.assertEqual(self.env["g2p.mts.vid.gone"]._keys().current, "one")
            self.assert_stays("configuration", "g2p_mts_vid_keys")

    def test_the_key_of_receipts_in_the_environment(self):
        with patch.dict(places.os.environ, {"G2P_MTS_RECEIPT_KEY": KEY}):
            self.assertEqual(self.env["g2p.mts.vid.deletion"]._receipt_keys().current, "one")
            self.assert_stays("environment", "G2P_MTS_RECEIPT_KEY")

    def test_the_key_of_receipts_in_the_configuration_file(self):
        with patch.dict(config.options.maps[0], g2p_mts_receipt_key=KEY):
            self.assertEqual(self.env["g2p.mts.vid.deletion"]._receipt_keys().current, "one")
            self.assert_stays("configuration", "g2p_mts_receipt_key")
