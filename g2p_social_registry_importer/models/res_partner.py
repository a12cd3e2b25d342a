from odoo import api, fields, models
from odoo.fields import Domain

#: Who works with registrants, or answers for what is held of them.
_ORIGIN_FOR = ",".join(
    [
        "g2p_registry_base.group_g2p_registrar",
        "g2p_programs.g2p_program_validator",
        "g2p_social_registry_importer.group_import_officer",
    ]
)


class ResPartner(models.Model):
    """A registrant knows which registry it came from."""

    _inherit = "res.partner"

    data_source_id = fields.Many2one(
        "spp.data.source",
        "Social Registry",
        readonly=True,
        ondelete="set null",
        copy=False,
        groups=_ORIGIN_FOR,
        help="The registry that this registrant was first imported from.",
    )
    social_registry_import_ids = fields.One2many(
        "g2p.social.registry.imported.registrants",
        "registrant_id",
        "Social Registry Imports",
        groups="g2p_social_registry_importer.group_import_operator,"
        "g2p_social_registry_importer.group_import_officer",
    )
    ind_is_imported_from_social_registry = fields.Boolean(
        "Imported from Social Registry",
        compute="_compute_ind_is_imported_from_social_registry",
        search="_search_ind_is_imported_from_social_registry",
        groups=_ORIGIN_FOR,
    )

    @api.depends("data_source_id")
    def _compute_ind_is_imported_from_social_registry(self):
        for partner in self:
            partner.ind_is_imported_from_social_registry = bool(partner.data_source_id)

    @api.model
    def _search_ind_is_imported_from_social_registry(self, operator, value):
        if operator != "in":
            return NotImplemented
        imported = Domain("data_source_id", "!=", False)
        return Domain.OR([imported if wanted else ~imported for wanted in value])
