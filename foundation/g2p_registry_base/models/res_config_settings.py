import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResConfigSettings(models.TransientModel):
    """Registry settings, kept in the system parameters ``g2p_registry.*``."""

    _inherit = "res.config.settings"

    # The defaults are data: a default here would come back whenever 0 is saved.
    max_registrants_count_job_queue = fields.Integer(
        "Most registrants handled at once",
        config_parameter="g2p_registry.max_registrants_count_job_queue",
        help="Beyond this number, work on registrants goes to background jobs.",
    )
    batch_registrants_count_job_queue = fields.Integer(
        "Registrants per background job",
        config_parameter="g2p_registry.batch_registrants_count_job_queue",
    )
    phone_regex = fields.Char(
        "Phone format",
        config_parameter="g2p_registry.phone_regex",
        help="Regular expression that registrants' phone numbers must match. Empty: any goes.",
    )

    @api.constrains("phone_regex")
    def _check_phone_regex(self):
        for settings in self.filtered("phone_regex"):
            try:
                re.compile(settings.phone_regex)
            except re.error as error:
                raise ValidationError(
                    self.env._(
                        "The phone format is no regular expression: %(problem)s.", problem=error
                    )
                ) from error
