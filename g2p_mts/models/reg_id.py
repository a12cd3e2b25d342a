from odoo import api, models


class RegId(models.Model):
    """A VID that was deleted because a token stands for it does not come back."""

    _inherit = "g2p.reg.id"

    @api.model
    def _holders_of_gone(self, rows):
        # sudo: nobody reads what is gone; whether an ID may be written is no secret to who writes.
        gone = self.env["g2p.mts.vid.gone"].sudo()
        return {**super()._holders_of_gone(rows), **gone._holders(rows)}
