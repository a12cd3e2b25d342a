from odoo import api, models

from ..flow.ledger import note_other_vid


class PartnerMerge(models.TransientModel):
    """Whoever is left of two people was sent as both, and held the VIDs of both."""

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _note_mixed(self, people):
        """What was sent of one of them says nothing about the VID of another.

        :param people: ids
        """
        # sudo: all that is looked at is who has a VID.
        rows = self.env["g2p.reg.id"].sudo().search([("partner_id", "in", people)])
        if holders := rows._vid_holders():
            others = people if len(holders) > 1 else set(people) - holders
            note_other_vid(self.env, others, is_answered=True)

    @api.model
    def _get_fk_on(self, table):
        """The ledger names people without a foreign key by which Odoo would find it."""
        ledger = [("g2p_mts_request_line", "partner_id")] if table == "res_partner" else []
        return [*super()._get_fk_on(table), *ledger]

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """The link has no foreign key by which Odoo would find it."""
        # sudo: nobody reads what is gone; whoever may merge people merges what they held.
        self.env["g2p.mts.vid.gone"].sudo()._hand_over(src_partners.ids, dst_partner.id)
        self._note_mixed([*src_partners.ids, dst_partner.id])
        return super()._update_foreign_keys(src_partners, dst_partner)
