from odoo import api, models


class PartnerMerge(models.TransientModel):
    """Whoever is left of two people held the VIDs of both."""

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """The link has no foreign key by which Odoo would find it."""
        # sudo: nobody reads what is gone; whoever may merge people merges what they held.
        self.env["g2p.mts.vid.gone"].sudo()._hand_over(src_partners.ids, dst_partner.id)
        return super()._update_foreign_keys(src_partners, dst_partner)
