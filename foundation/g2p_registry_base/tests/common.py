from contextlib import contextmanager

from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user
from odoo.tools import mute_logger

REGISTRAR = "g2p_registry_base.group_g2p_registrar"
ADMIN = "g2p_registry_base.group_g2p_admin"


class RegistryCase(TransactionCase):
    """Registrants, ID types and one user per role, for the tests of all registry addons."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"]
        cls.national, cls.card = cls.env["g2p.id.type"].create(
            [
                {"name": "Test National ID", "id_validation": "[0-9]+$"},
                {"name": "Test Household Card"},
            ]
        )
        cls.registrar = new_test_user(cls.env, "test_registrar", groups=REGISTRAR)
        cls.admin = new_test_user(cls.env, "test_registry_admin", groups=ADMIN)
        cls.employee = new_test_user(cls.env, "test_employee", groups="base.group_user")

    @classmethod
    def _registrants(cls, number, **vals):
        """Create ``number`` registrants, individuals unless ``vals`` say otherwise."""
        return cls.partners.create(
            [{"name": f"Registrant {i}", "is_registrant": True, **vals} for i in range(number)]
        )

    @classmethod
    def _add_id(cls, partner, value, id_type=None):
        return cls.env["g2p.reg.id"].create(
            {"partner_id": partner.id, "id_type": (id_type or cls.national).id, "value": value}
        )

    def _full_vals(self, number, start=0):
        """Return the values of ``number`` registrants with an ID and a phone each."""
        return [
            {
                "name": f"Registrant {i}",
                "is_registrant": True,
                "phone": "0711 000 000",
                "reg_ids": [Command.create({"id_type": self.national.id, "value": str(i)})],
                "phone_number_ids": [Command.create({"phone_no": "+254712345678"})],
            }
            for i in range(start, start + number)
        ]

    def _queries(self, function):
        """Return how many SQL statements ``function`` and the flush after it need."""
        self.env.flush_all()
        before = self.cr.sql_log_count
        function()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    @contextmanager
    def assertRefused(self, pattern, exception=ValidationError):
        """Expect a refusal in such words, and take back what the block did."""
        with self.assertRaises(exception) as caught:
            yield caught
        self.assertRegex(str(caught.exception), pattern)

    def _database_refusal(self, model, function):
        """Return the message people read when the database refuses what ``function`` does."""
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError) as caught:
            function()
        return self.env[model]._sql_error_to_message(caught.exception)
