from odoo import fields, models


class ResPartner(models.Model):
    """A registrant that is a group."""

    _inherit = "res.partner"

    kind = fields.Many2one(
        "g2p.group.kind", "Group Type", index="btree_not_null", ondelete="restrict"
    )
    kind_as_str = fields.Char(related="kind.name", string="Group Type Name")
    is_partial_group = fields.Boolean(
        "Partial Group", help="Only some of the members of the group are registered."
    )
