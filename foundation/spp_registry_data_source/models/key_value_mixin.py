from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SppDataSourceKeyValueMixin(models.AbstractModel):
    """One named value of a data source. A key stands once in each source and kind of value."""

    _name = "spp.data.source.key.value.mixin"
    _description = "Key and Value of a Data Source"
    _rec_name = "key"
    _order = "key, id"

    data_source_id = fields.Many2one(
        "spp.data.source", required=True, ondelete="cascade", index=True
    )
    key = fields.Char(required=True, index=True)
    value = fields.Text(required=True)

    _key_uniq = models.Constraint(
        "UNIQUE(data_source_id, key)", "A key may stand only once in a data source."
    )

    @api.constrains("key", "value")
    def _check_not_blank(self):
        if any(not row.key.strip() or not row.value.strip() for row in self):
            raise ValidationError(self.env._("Key and value must not be blank."))

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._strip_key(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._strip_key(vals))

    @api.private
    def get_mapping(self):
        """Return ``{key: value}`` of these rows."""
        return {row.key: row.value for row in self}

    def _strip_key(self, vals):
        key = vals.get("key")
        return {**vals, "key": key.strip()} if key else vals
