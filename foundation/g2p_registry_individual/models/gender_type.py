from odoo import api, fields, models, tools
from odoo.exceptions import UserError


class GenderType(models.Model):
    """One choice of a person's gender: a stored value and what people read."""

    _name = "gender.type"
    _description = "Gender Type"
    _order = "code"
    _rec_name = "code"

    code = fields.Char("Label", required=True)
    value = fields.Char(required=True, help="What is stored on the person and exchanged.")
    active = fields.Boolean(default=True)

    _code_not_empty = models.Constraint("CHECK (btrim(code) <> '')", "The label must not be empty.")
    _code_unique = models.UniqueIndex(
        "(lower(btrim(code)))",
        "This label is already taken (capitals and surrounding blanks make no difference).",
    )
    _value_unique = models.UniqueIndex("(value)", "This value is already taken.")

    @api.model
    @tools.ormcache()
    def _selection(self):
        """Return the active genders as a tuple of (value, label) pairs."""
        # The choices are no secret, and the cache is shared by all users.
        genders = self.sudo().search_fetch([], ["value", "code"])
        return tuple((gender.value, gender.code) for gender in genders)

    @api.model_create_multi
    def create(self, vals_list):
        genders = super().create([self._strip(vals) for vals in vals_list])
        self.env.registry.clear_cache()
        return genders

    def write(self, vals):
        vals = self._strip(vals)
        if "value" in vals and any(gender.value != vals["value"] for gender in self):
            self._refuse_if_used()
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._refuse_if_used()

    def _refuse_if_used(self):
        # Registrants of other companies, and archived ones, count too.
        persons = self.env["res.partner"].sudo().with_context(active_test=False)
        if persons.search_count([("gender", "in", self.mapped("value"))], limit=1):
            raise UserError(self.env._("Some registrants have this gender. Archive it instead."))

    @api.model
    def _strip(self, vals):
        texts = {name: vals[name].strip() for name in ("code", "value") if vals.get(name)}
        return dict(vals, **texts)
