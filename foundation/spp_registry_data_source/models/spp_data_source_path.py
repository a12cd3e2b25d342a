from odoo import api, models
from odoo.exceptions import ValidationError

from ..urls import UrlError, check_path, join_url


class SppDataSourcePath(models.Model):
    """A path below the source's base URL, or an absolute URL that stands for itself."""

    _name = "spp.data.source.path"
    _inherit = ["spp.data.source.key.value.mixin"]
    _description = "URL Path of a Data Source"

    @api.constrains("value")
    def _check_value_is_path(self):
        for path in self:
            try:
                check_path(path.value)
            except UrlError as error:
                raise ValidationError(path.data_source_id._url_error_text(error.reason)) from error

    @api.private
    def get_full_path(self):
        """Return the absolute URL of this path."""
        self.ensure_one()
        return join_url(self.data_source_id.url, self.value)
