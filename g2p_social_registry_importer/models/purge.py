from odoo import fields, models

from .held_data import KINDS


class Purge(models.Model):
    """One removal of data that an import held: who removed what, and how much of it."""

    _name = "g2p.social.registry.purge"
    _inherit = "g2p.social.registry.append.only"
    _description = "Purge of Import Data"
    _order = "id desc"
    _rec_name = "import_name"

    purged_at = fields.Datetime("When", default=fields.Datetime.now, required=True, readonly=True)
    kind = fields.Selection(KINDS, "What", required=True, readonly=True)
    number = fields.Integer("How Many", readonly=True)
    oldest = fields.Datetime(readonly=True)
    import_id = fields.Many2one(
        "g2p.fetch.social.registry.beneficiary", readonly=True, ondelete="set null"
    )
    import_name = fields.Char("Of Which Import", readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict")
