from collections import defaultdict

from odoo import api, models


class RegId(models.Model):
    """A VID that was deleted because a token stands for it does not come back."""

    _inherit = "g2p.reg.id"

    @api.model
    def _holders_of_gone(self, rows):
        # sudo: nobody reads what is gone; whether an ID may be written is no secret to who writes.
        gone = self.env["g2p.mts.vid.gone"].sudo()
        return {**super()._holders_of_gone(rows), **gone._holders(rows)}

    @api.model
    def _tokens_of_gone(self, rows):
        # sudo: see above.
        gone = self.env["g2p.mts.vid.gone"].sudo()
        return {**super()._tokens_of_gone(rows), **gone._tokens(rows)}

    @api.model
    def _gone_types(self, partner_ids):
        types = defaultdict(set, super()._gone_types(partner_ids))
        # sudo: see above.
        gone = self.env["g2p.mts.vid.gone"].sudo()
        for partner, held in gone._types_of(partner_ids):
            types[partner] |= held
        return types
