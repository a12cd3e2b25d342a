from odoo import api, fields, models


class NameMixin(models.AbstractModel):
    """A configuration list whose names differ by more than capitals and blanks."""

    _name = "g2p.name.mixin"
    _description = "Name that is unique whatever its case"

    name = fields.Char(required=True)

    _name_not_empty = models.Constraint("CHECK (btrim(name) <> '')", "The name must not be empty.")
    _name_unique = models.UniqueIndex(
        "(lower(btrim(name)))",
        "This name is already taken (capitals and surrounding blanks make no difference).",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._strip_name(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._strip_name(vals))

    @api.model
    def _strip_name(self, vals):
        return dict(vals, name=vals["name"].strip()) if vals.get("name") else vals
