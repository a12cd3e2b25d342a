from odoo import api, models


class SppDataSourcePath(models.Model):
    """Part of the address of a source: with it changes what the check-up found out there."""

    _name = "spp.data.source.path"
    _inherit = ["spp.data.source.path", "g2p.social.registry.config.audit.row"]

    @api.model_create_multi
    def create(self, vals_list):
        paths = super().create(vals_list)
        paths.data_source_id._forget_checkup()
        return paths

    def write(self, vals):
        before = self.data_source_id
        result = super().write(vals)
        (before | self.data_source_id)._forget_checkup()
        return result

    def unlink(self):
        sources = self.data_source_id
        result = super().unlink()
        sources._forget_checkup()
        return result
