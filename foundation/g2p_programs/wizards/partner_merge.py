from odoo import api, models

from odoo.addons.g2p_registry_base.wizards.partner_merge import HeldOnce


class PartnerMerge(models.TransientModel):
    """Of two memberships in one programme, the one that is enrolled stays."""

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _held_once(self):
        ours = HeldOnce("g2p.program_membership", "partner_id", "program_id", _is_enrolled)
        return [*super()._held_once(), ours]


def _is_enrolled(membership):
    return membership.state == "enrolled"
