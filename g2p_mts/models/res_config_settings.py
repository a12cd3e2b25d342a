from odoo import api, fields, models
from odoo.exceptions import ValidationError


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

    @api.constrains("g2p_mts_vid_id_type", "g2p_mts_uin_token_id_type")
    def _check_g2p_mts_id_types_differ(self):
        for settings in self:
            vid, token = settings.g2p_mts_vid_id_type, settings.g2p_mts_uin_token_id_type
            if vid and vid == token:
                raise ValidationError(
                    self.env._("The VID and the token must be kept under different ID types.")
                )
