from odoo import fields, models


class GroupMembership(models.Model):
    """A membership remembers which import brought it, so that it can follow that import."""

    _inherit = "g2p.group.membership"

    fetch_social_registry_id = fields.Many2one(
        "g2p.fetch.social.registry.beneficiary",
        "Brought by Import",
        readonly=True,
        ondelete="set null",
        copy=False,
        help="Empty: put here by a person, or the import was deleted.",
    )
    data_source_id = fields.Many2one(
        "spp.data.source", "Sent By", readonly=True, ondelete="set null", copy=False
    )
