from odoo import fields, models


class SppDataSourceParameter(models.Model):
    """A setting of the source that is not secret."""

    _name = "spp.data.source.parameter"
    _inherit = ["spp.data.source.key.value.mixin"]
    _description = "Parameter of a Data Source"

    value = fields.Text(
        help="Shown to everybody who may read the data source: no place for passwords, "
        "client secrets or keys."
    )
