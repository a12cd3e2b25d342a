from difflib import unified_diff

from odoo import api, fields, models


class ConfigChange(models.Model):
    """One change of a setting: who, when, from what, to what."""

    _name = "g2p.social.registry.config.change"
    _inherit = "g2p.social.registry.append.only"
    _description = "Change of a Setting"
    _order = "id desc"
    _rec_name = "record_name"

    changed_at = fields.Datetime("When", default=fields.Datetime.now, required=True, readonly=True)
    model = fields.Selection(
        [
            ("g2p.fetch.social.registry.beneficiary", "Import"),
            ("spp.data.source", "Data source"),
            ("spp.data.source.path", "URL path"),
            ("spp.data.source.parameter", "Parameter"),
            ("spp.data.source.field.mapping", "Field mapping"),
            ("ir.config_parameter", "System parameter"),
        ],
        "What",
        required=True,
        readonly=True,
    )
    record_name = fields.Char("Which", readonly=True, help="What it was called after the change.")
    action = fields.Selection(
        [
            ("created", "Created"),
            ("changed", "Changed"),
            ("archived", "Archived"),
            ("restored", "Restored"),
            ("deleted", "Deleted"),
        ],
        required=True,
        readonly=True,
    )
    field_name = fields.Char("Technical Name", readonly=True)
    field_label = fields.Char("Field", compute="_compute_field_label")
    before = fields.Text("From", readonly=True)
    after = fields.Text("To", readonly=True)
    difference = fields.Text(compute="_compute_difference")
    import_id = fields.Many2one(
        "g2p.fetch.social.registry.beneficiary", readonly=True, index=True, ondelete="set null"
    )
    data_source_id = fields.Many2one(
        "spp.data.source", readonly=True, index=True, ondelete="set null"
    )
    company_id = fields.Many2one("res.company", readonly=True, ondelete="restrict")

    @api.depends("model", "field_name")
    def _compute_field_label(self):
        for change in self:
            field = self.env[change.model]._fields.get(change.field_name)
            change.field_label = field._description_string(self.env) if field else change.field_name

    @api.depends("before", "after")
    def _compute_difference(self):
        for change in self:
            change.difference = _difference(change.before, change.after)


def _difference(before, after):
    """The lines that went and came; empty unless both texts are there and one has several."""
    old, new = (before or "").splitlines(), (after or "").splitlines()
    if not old or not new or len(old) == len(new) == 1:
        return False
    return "\n".join(list(unified_diff(old, new, lineterm="", n=2))[2:])
