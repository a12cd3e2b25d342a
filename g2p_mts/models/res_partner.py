from odoo import fields, models


class ResPartner(models.Model):
    """A registrant, and when it was sent to an MTS."""

    _inherit = "res.partner"

    g2p_mts_line_ids = fields.One2many(
        "g2p.mts.request.line",
        "partner_id",
        "Sent to an MTS",
        readonly=True,
        copy=False,
        groups="mts_connector.group_mts_operator,g2p_mts.group_mts_officer",
    )
