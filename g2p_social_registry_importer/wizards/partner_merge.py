from odoo import api, models

from odoo.addons.g2p_registry_base.wizards.partner_merge import HeldOnce

_LINK = "g2p.social.registry.imported.registrants"


class PartnerMerge(models.TransientModel):
    """Whoever is left of two registrants of one import is linked with it once."""

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _held_once(self):
        ours = HeldOnce(_LINK, "registrant_id", "fetch_social_registry_id")
        return [*super()._held_once(), ours]
