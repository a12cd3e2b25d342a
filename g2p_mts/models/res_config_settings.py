from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..flow.vid_figures import HOURS, PERCENT, PROMISED_HOURS, PROMISED_PERCENT
from ..flow.vid_rule import read_rule
from ..flow.vid_schedule import Schedule


class ResConfigSettings(models.TransientModel):
    """Which ID of a registrant is the VID, and which the token that replaces it."""

    _inherit = "res.config.settings"

    g2p_mts_vid_id_type = fields.Many2one(
        "g2p.id.type",
        string="VID Type",
        config_parameter="g2p_mts.vid_id_type",
        help="The ID type under which a registrant's MOSIP Virtual ID is kept.",
    )
    g2p_mts_uin_token_id_type = fields.Many2one(
        "g2p.id.type",
        string="Token Type",
        config_parameter="g2p_mts.uin_token_id_type",
        help="The ID type under which the token that MTS gives back is kept.",
    )

    g2p_mts_vid_delete_search_domain = fields.Char(
        string="Whose VIDs",
        config_parameter="g2p_mts.vid_delete_search_domain",
        help="JSON: the search domain of the registrants whose VIDs are deleted; empty: of all.",
    )
    g2p_mts_vid_delete_job_status = fields.Boolean(
        "Delete VIDs",
        default=lambda self: Schedule(self.env).is_on,
        help="Delete VIDs by themselves once the token is there.",
    )
    g2p_mts_vid_delete_job_status_before = fields.Boolean(
        default=lambda self: Schedule(self.env).is_on
    )

    g2p_mts_vid_promise_percent = fields.Integer(
        "Promised Percentage",
        config_parameter=PROMISED_PERCENT,
        default=PERCENT,
        help="How many of the VIDs are to be gone in time.",
    )
    g2p_mts_vid_promise_hours = fields.Integer(
        "Promised Hours",
        config_parameter=PROMISED_HOURS,
        default=HOURS,
        help="How soon after a VID was due.",
    )

    def set_values(self):
        result = super().set_values()
        is_on = self.g2p_mts_vid_delete_job_status
        # Somebody may have switched it meanwhile: only who changes it here changes it.
        if is_on != self.g2p_mts_vid_delete_job_status_before:
            self._switch_vid_deletion(is_on)
        return result

    def _switch_vid_deletion(self, is_on):
        problems = read_rule(self.env).problems(self.env) if is_on else ()
        if problems:
            raise ValidationError("\n".join(problems))
        self.env["ir.config_parameter"]._note_vid_rule_saved()
        Schedule(self.env).set(is_on=is_on)

    @api.constrains("g2p_mts_vid_delete_search_domain")
    def _check_g2p_mts_vid_delete_search_domain(self):
        drafts = self.env["g2p.mts.search.domain.mixin"]
        for domain in self.mapped("g2p_mts_vid_delete_search_domain"):
            if domain != read_rule(self.env).search_domain:
                drafts.new({"g2p_search_domain": domain})._check_g2p_search_domain()

    @api.constrains("g2p_mts_vid_promise_percent", "g2p_mts_vid_promise_hours")
    def _check_g2p_mts_vid_promise(self):
        for settings in self:
            percent, hours = (
                settings.g2p_mts_vid_promise_percent,
                settings.g2p_mts_vid_promise_hours,
            )
            if not 1 <= percent <= 100 or hours < 1:
                raise ValidationError(
                    self.env._("Promise from 1 to 100 % of VIDs, gone within one hour or more.")
                )

    @api.constrains("g2p_mts_vid_id_type", "g2p_mts_uin_token_id_type")
    def _check_g2p_mts_id_types_differ(self):
        for settings in self:
            vid, token = settings.g2p_mts_vid_id_type, settings.g2p_mts_uin_token_id_type
            if vid and vid == token:
                raise ValidationError(
                    self.env._("The VID and the token must be kept under different ID types.")
                )
