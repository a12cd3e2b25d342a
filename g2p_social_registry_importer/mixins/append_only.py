from odoo import fields, models
from odoo.exceptions import AccessError


class AppendOnly(models.AbstractModel):
    """What somebody did: rows that nobody changes or deletes, the superuser included."""

    _name = "g2p.social.registry.append.only"
    _description = "Rows That Stay as They Are"

    user_id = fields.Many2one(
        "res.users",
        "Who",
        default=lambda self: self.env.uid,
        required=True,
        readonly=True,
        ondelete="restrict",
    )

    def write(self, vals):
        """:raises AccessError: always"""
        self._refuse()

    def unlink(self):  # pylint: disable=method-required-super
        """:raises AccessError: always"""
        self._refuse()

    def _refuse(self):
        raise AccessError(self.env._("What is noted here can be neither changed nor deleted."))
