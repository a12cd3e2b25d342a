from odoo import models


class SppDataSourceFieldMapping(models.Model):
    """The name a field has in the source, by the name it has here."""

    _name = "spp.data.source.field.mapping"
    _inherit = ["spp.data.source.key.value.mixin"]
    _description = "Field Mapping of a Data Source"
