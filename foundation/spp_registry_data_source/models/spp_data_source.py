from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..urls import UrlError, check_base_url


class SppDataSource(models.Model):
    """An outside registry: its address, the paths below it, and how its fields are named."""

    _name = "spp.data.source"
    _description = "Registry Data Source"
    _order = "name, id"

    name = fields.Char(required=True)
    url = fields.Char(
        string="URL",
        required=True,
        help="Base URL of the registry, for instance https://registry.example.test/api. "
        "The URL paths are appended to it.",
    )
    auth_type = fields.Selection(
        [
            ("basic_authentication", "Basic Authentication"),
            ("bearer_authentication", "Bearer Authentication"),
            ("api_keys", "API Keys"),
        ],
        string="Authentication",
        required=True,
        default="bearer_authentication",
    )
    data_source_path_ids = fields.One2many(
        "spp.data.source.path", "data_source_id", string="URL Paths", copy=True
    )
    data_source_parameter_ids = fields.One2many(
        "spp.data.source.parameter",
        "data_source_id",
        string="Parameters",
        help="Everybody who may read this data source may read them: no place for passwords, "
        "client secrets or keys.",
    )
    data_source_field_mapping_ids = fields.One2many(
        "spp.data.source.field.mapping", "data_source_id", string="Field Mapping", copy=True
    )

    _name_uniq = models.Constraint("UNIQUE(name)", "There is already a data source of this name.")

    @api.constrains("url")
    def _check_url(self):
        for source in self:
            try:
                check_base_url(source.url)
            except UrlError as error:
                raise ValidationError(self._url_error_text(error.reason)) from error

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._strip_texts(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._strip_texts(vals))

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        if "name" in (default or {}):
            return vals_list
        return [
            {**vals, "name": self.env._("%s (copy)", source.name)}
            for source, vals in zip(self, vals_list, strict=True)
        ]

    @api.private
    def get_parameter_key_value_pair(self):
        """Return the parameters of this source as ``{key: value}``."""
        self.ensure_one()
        return self.data_source_parameter_ids.get_mapping()

    @api.private
    def get_field_mapping_key_value_pair(self):
        """Return the field mapping of this source as ``{key: value}``."""
        self.ensure_one()
        return self.data_source_field_mapping_ids.get_mapping()

    @api.private
    def get_source_path_id_key_full_path_pair(self):
        """Return ``{path key: absolute URL}`` of this source."""
        self.ensure_one()
        return {path.key: path.get_full_path() for path in self.data_source_path_ids}

    def _strip_texts(self, vals):
        texts = {name: vals[name].strip() for name in ("name", "url") if vals.get(name)}
        return {**vals, **texts}

    def _url_error_text(self, reason):
        """Return in words what is wrong with a URL, by the ``reason`` of a ``UrlError``."""
        return {
            "blank_inside": self.env._("The URL must not hold blanks or line breaks."),
            "not_absolute": self.env._(
                "Give an absolute URL with a host, for instance https://registry.example.test/api."
            ),
            "credentials": self.env._("The URL must not hold a user name or a password."),
            "port": self.env._("The port in the URL must be a number from 1 to 65535."),
            "query": self.env._("The base URL must not hold a “?” or a “#”."),
        }[reason]
