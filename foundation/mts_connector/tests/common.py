from odoo.tests import TransactionCase, new_test_user

PASSWORD = "not-a-real-password-7"


class ConnectorCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user("manager", "mts_connector.group_mts_manager")
        cls.connector = cls._create_connector()

    @classmethod
    def _create_connector(cls, **vals):
        return cls.env["mts.connector"].create(
            {
                "name": "Tokens of Ñandú Province",
                "mts_url": "https://mts.example.test/",
                "input_type": "odk",
                "odk_base_url": "https://odk.example.test",
                "odk_odata_url": "https://odk.example.test/v1/projects/1/forms/a.svc",
                "odk_email": "reader@example.test",
                **vals,
            }
        )

    @classmethod
    def _create_user(cls, role, groups):
        return new_test_user(cls.env, f"test-mts-{role}", groups=groups)
