from odoo import fields, models


class MTSVidOverviewAge(models.TransientModel):
    """So many VIDs are so old."""

    _name = "g2p.mts.vid.overview.age"
    _description = "VIDs Held, by Age"
    _order = "sequence"

    overview_id = fields.Many2one("g2p.mts.vid.overview", required=True, ondelete="cascade")
    sequence = fields.Integer()
    age = fields.Char()
    held = fields.Integer("VIDs")
    share = fields.Float()
