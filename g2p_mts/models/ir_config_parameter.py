from odoo import api, fields, models

from ..flow import vid_brake
from ..flow.vid_rule import PARAMETERS, read_rule

_SAVED_BY, _SAVED_AT = "g2p_mts.vid_rule_saved_by", "g2p_mts.vid_rule_saved_at"


class IrConfigParameter(models.Model):
    """Whoever changes a parameter of the VID rule, on whatever page, has saved the rule."""

    _inherit = "ir.config_parameter"

    @api.model_create_multi
    def create(self, vals_list):
        parameters = super().create(vals_list)
        parameters._note_vid_rule(parameters.mapped("key"))
        return parameters

    def write(self, vals):
        keys = self.mapped("key")
        result = super().write(vals)
        self._note_vid_rule([*keys, *self.mapped("key")])
        return result

    def unlink(self):
        keys = self.mapped("key")
        result = super().unlink()
        self._note_vid_rule(keys)
        return result

    def _note_vid_rule(self, keys):
        if set(keys) & set(PARAMETERS):
            self._note_vid_rule_saved()
            vid_brake.note_changed(self.env, read_rule(self.env), keys)

    @api.model
    def _note_vid_rule_saved(self):
        # sudo: who may change the rule has been checked; it is noted who did.
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param(_SAVED_BY, self.env.uid)
        parameters.set_param(_SAVED_AT, fields.Datetime.to_string(fields.Datetime.now()))

    @api.model
    def _vid_rule_saved(self):
        """Who saved the rule last, and when.

        :returns: id of the user and time; False where it is not known
        """
        # sudo: it is shown with the rule.
        get = self.env["ir.config_parameter"].sudo().get_param
        user = self.env["res.users"].sudo().browse(int(get(_SAVED_BY) or 0)).exists()
        return user.id, fields.Datetime.to_datetime(get(_SAVED_AT) or False) or False
