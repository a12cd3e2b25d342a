from random import randint

from odoo import fields, models


class RegistrantTags(models.Model):
    """A free label for registrants."""

    _name = "g2p.registrant.tags"
    _inherit = "g2p.name.mixin"
    _description = "Registrant Tag"
    _order = "name"

    color = fields.Integer(default=lambda self: randint(1, 11))  # noqa: S311 - just a colour
    active = fields.Boolean(default=True)
