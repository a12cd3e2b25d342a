from odoo import fields, models


class PhoneNumber(models.Model):
    """A phone number remembers which registry sent it."""

    _inherit = "g2p.phone.number"

    data_source_id = fields.Many2one(
        "spp.data.source", "Sent By", readonly=True, ondelete="set null", copy=False
    )
    gone_at_source = fields.Datetime(
        "No Longer at the Source Since",
        readonly=True,
        copy=False,
        help="The registry that sent this number sends it no more, so it was disabled.",
    )
