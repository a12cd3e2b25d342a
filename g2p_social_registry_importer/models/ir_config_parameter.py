from odoo import models

_PREFIX = "g2p_import_social_registry."
_SECRETS = {_PREFIX + "client_password"}


class IrConfigParameter(models.Model):
    """System parameters of imports are settings like others."""

    _name = "ir.config_parameter"
    _inherit = ["ir.config_parameter", "g2p.social.registry.config.audit"]

    def _note_whole(self, action):
        ours = self.filtered(lambda parameter: (parameter.key or "").startswith(_PREFIX))
        return super(IrConfigParameter, ours)._note_whole(action)

    def _note_differences(self, before):
        if not (self.key or "").startswith(_PREFIX):
            return None
        return super()._note_differences(before)

    def _is_secret(self, name):
        return super()._is_secret(name) or (name == "value" and self.key in _SECRETS)
