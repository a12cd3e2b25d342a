from odoo import models


class ConfigAuditRow(models.AbstractModel):
    """A row of a data source that is a setting."""

    _name = "g2p.social.registry.config.audit.row"
    _inherit = "g2p.social.registry.config.audit"
    _description = "Row of a Data Source Whose Changes Are Noted"

    def _config_owner(self):
        return {"data_source_id": self.data_source_id.id}
