from odoo import fields, models


class SppDataSourceFieldMapping(models.Model):
    """The key is the field at the source, the value the field it is written to here."""

    _name = "spp.data.source.field.mapping"
    _inherit = ["spp.data.source.field.mapping", "g2p.social.registry.config.audit.row"]

    clear_on_null = fields.Boolean(
        "Null Clears",
        help="When the source sends no value (null), empty the field here. Otherwise it is left "
        "as it is.",
    )
