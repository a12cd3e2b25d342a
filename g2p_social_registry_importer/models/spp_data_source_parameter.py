from odoo import models


class SppDataSourceParameter(models.Model):
    """A parameter of a data source, whose changes are noted."""

    _name = "spp.data.source.parameter"
    _inherit = ["spp.data.source.parameter", "g2p.social.registry.config.audit.row"]
