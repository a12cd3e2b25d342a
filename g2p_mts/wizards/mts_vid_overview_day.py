from odoo import fields, models


class MTSVidOverviewDay(models.TransientModel):
    """So many VIDs went on a day."""

    _name = "g2p.mts.vid.overview.day"
    _description = "VIDs Deleted on a Day"
    _order = "day desc"

    overview_id = fields.Many2one("g2p.mts.vid.overview", required=True, ondelete="cascade")
    day = fields.Date()
    deleted = fields.Integer("VIDs")
