from odoo import models


class GroupKind(models.Model):
    """A type of group, such as a household."""

    _name = "g2p.group.kind"
    _inherit = "g2p.name.mixin"
    _description = "Group Type"
    _order = "name"
