from odoo.tests import TransactionCase, new_test_user


class RegistryConnectorCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env, "test-mts-manager", groups="mts_connector.group_mts_manager"
        )
        cls.env = cls.env(user=cls.manager)
        cls.connector = cls._create_connector()

    @classmethod
    def _create_connector(cls, **vals):
        return cls.env["mts.connector"].create(
            {"name": "Tokens for Ñandú Province", "mts_url": "https://mts.example.test/", **vals}
        )
