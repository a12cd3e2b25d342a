from odoo.tests import TransactionCase


class DataSourceCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source = cls._create_source()

    @classmethod
    def _create_source(cls, **vals):
        return cls.env["spp.data.source"].create(
            {
                "name": "Registry of Ñandú Province",
                "url": "https://registry.example.test/api",
                "auth_type": "bearer_authentication",
                **vals,
            }
        )
