from odoo import api, models

from odoo.addons.g2p_registry_base.wizards.partner_merge import HeldOnce

_MODEL = "g2p.group.membership"


class PartnerMerge(models.TransientModel):
    """Of two memberships in one group, the one that has not ended stays."""

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _held_once(self):
        return [
            *super()._held_once(),
            HeldOnce(_MODEL, "individual", "group", _lasts),
            HeldOnce(_MODEL, "group", "individual", _lasts),
        ]


def _lasts(membership):
    return not membership.is_ended
