from odoo import fields, models
from odoo.exceptions import UserError

from ..wire.client import TokenSeeder
from ..wire.errors import ConfigurationError
from ..wire.http import require_encryption


class MTSConnectorTransportMixin(models.AbstractModel):
    """How the MTS is reached."""

    _name = "mts.connector.transport.mixin"
    _description = "Transport of an MTS Connector"

    mts_url = fields.Char(
        string="URL to Reach MTS",
        required=True,
        help="MTS asks nobody for a password: it must be reachable from this server only.",
    )
    allow_unencrypted = fields.Boolean(
        "Unencrypted",
        copy=False,
        help="Also addresses without https are called. What is sent, passwords included, can be "
        "read on the way: for tests, or a network nobody else is in.",
    )

    def _token_seeder(self):
        """The MTS; a context manager.

        :rtype: wire.client.TokenSeeder
        """
        self.ensure_one()
        return TokenSeeder(self.mts_url, allowed_in_clear=self.allow_unencrypted)

    def _check_ready(self):
        for name in self._addresses_used():
            self._check_encryption(name)
        return super()._check_ready()

    def _addresses_used(self):
        """Names of the fields with addresses that personal data or passwords go to."""
        return ["mts_url"]

    def _check_encryption(self, name):
        if self[name]:
            self._check_address(name, self[name])

    def _check_address(self, name, address):
        """Refuse to start while what is sent could be read on the way.

        :param name: of the field the address belongs to
        :raises UserError: it is called without encryption
        """
        try:
            require_encryption(address, self.allow_unencrypted)
        except ConfigurationError as error:
            label = self._fields[name]._description_string(self.env)
            words = self.env._("%(field)s: %(problem)s", field=label, problem=error)
            raise UserError(words) from error
