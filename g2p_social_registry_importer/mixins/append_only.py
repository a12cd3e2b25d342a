from odoo import models
from odoo.exceptions import AccessError


class AppendOnly(models.AbstractModel):
    """Rows that nobody changes or deletes once they are written, the superuser included."""

    _name = "g2p.social.registry.append.only"
    _description = "Rows That Stay as They Are"

    def write(self, vals):
        """:raises AccessError: always"""
        self._refuse()

    def unlink(self):  # pylint: disable=method-required-super
        """:raises AccessError: always"""
        self._refuse()

    def _refuse(self):
        raise AccessError(self.env._("What is noted here can be neither changed nor deleted."))
