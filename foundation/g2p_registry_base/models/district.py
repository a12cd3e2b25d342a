from odoo import fields, models


class District(models.Model):
    """An administrative area below the state or province."""

    _name = "g2p.district"
    _description = "District"
    _order = "name"

    name = fields.Char(required=True)
    state_id = fields.Many2one("res.country.state", ondelete="restrict")
