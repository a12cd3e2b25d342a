from odoo import fields, models


class RegId(models.Model):
    """An ID remembers which registry sent it, so that it can follow that registry."""

    _inherit = "g2p.reg.id"

    data_source_id = fields.Many2one(
        "spp.data.source", "Sent By", readonly=True, ondelete="set null", copy=False
    )
    gone_at_source = fields.Datetime(
        "No Longer at the Source Since",
        readonly=True,
        copy=False,
        help="The registry that sent this ID sends it no more. It stays on record as invalid.",
    )
