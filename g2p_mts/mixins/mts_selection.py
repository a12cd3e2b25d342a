import json

from odoo import api, fields, models
from odoo.exceptions import ValidationError

SEARCH_DOMAIN = [["is_registrant", "=", True], ["is_group", "=", False], ["disabled", "=", False]]
SELECTED_FIELDS = [
    "given_name",
    "addl_name",
    "family_name",
    "gender",
    "birthdate",
    "phone",
    "email",
    "address",
]
# They hold files or rows of other tables, nothing the Token Seeder could compare.
UNSENDABLE_TYPES = ("binary", "one2many", "many2many", "properties", "properties_definition")


class G2PMTSSelectionMixin(models.AbstractModel):
    """Which registrants are chosen and which of their fields are sent.

    Finds out when it is saved what could not be searched or read at run time.
    """

    _name = "g2p.mts.selection.mixin"
    _inherit = ["g2p.mts.search.domain.mixin"]
    _description = "Registrants and Fields for an MTS"

    g2p_search_domain = fields.Text(default=json.dumps(SEARCH_DOMAIN))
    g2p_search_domain_editor = fields.Char(help="Whose fields are sent.")
    g2p_selected_fields = fields.Text(
        string="Fields",
        default=json.dumps(SELECTED_FIELDS, indent=2),
        help="JSON: the names of the fields that are sent. The VID is always sent with them.",
    )

    @api.constrains("g2p_selected_fields")
    def _check_g2p_selected_fields(self):
        for connector in self.filtered("g2p_selected_fields"):
            names = connector._parse_list_field("g2p_selected_fields")
            if not names or not all(isinstance(name, str) for name in names):
                raise ValidationError(
                    self.env._('The fields must be a JSON list of names: ["name", …].')
                )
            if len(set(names)) < len(names):
                raise ValidationError(self.env._("A field stands twice in the list of fields."))
            for name in names:
                connector._check_selected_field(name)

    def _check_selected_field(self, name):
        partners = self._partners_of_user()
        field = partners._fields.get(name)
        if not field:
            raise ValidationError(self._unknown_field_text(name))
        if not partners._has_field_access(field, "read"):
            raise ValidationError(
                self.env._("You may not read “%s”, so you may not send it.", name)
            )
        if field.type in UNSENDABLE_TYPES:
            raise ValidationError(
                self.env._("“%s” holds files or lists, which cannot be sent.", name)
            )
