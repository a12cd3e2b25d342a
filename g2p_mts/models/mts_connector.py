import json

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..checks.json_text import JsonTextError, to_json, to_python

SEARCH_DOMAIN = [["is_registrant", "=", True], ["is_group", "=", False], ["disabled", "=", False]]
# The VID is added to these when they are sent.
MAPPING = {
    "vid": "vid",
    "name": ["given_name", "addl_name", "family_name"],
    "gender": "gender",
    "dob": "birthdate",
    "phoneNumber": "phone",
    "emailId": "email",
    "fullAddress": ["address"],
}
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


class MTSConnector(models.Model):
    """A connector that takes what it sends from the registry."""

    _inherit = "mts.connector"

    input_type = fields.Selection(
        selection_add=[("custom", "OpenG2P Registry")],
        ondelete={"custom": "set odk"},
        default="custom",
    )
    g2p_search_domain = fields.Text(
        string="Registrants as JSON",
        default=json.dumps(SEARCH_DOMAIN),
        help="JSON: the search domain that chooses the registrants.",
    )
    g2p_search_domain_editor = fields.Char(
        string="Registrants",
        compute="_compute_g2p_search_domain_editor",
        inverse="_inverse_g2p_search_domain_editor",
        help="Whose fields are sent.",
    )
    g2p_selected_fields = fields.Text(
        string="Fields",
        default=json.dumps(SELECTED_FIELDS, indent=2),
        help="JSON: the names of the fields that are sent. The VID is always sent with them.",
    )

    # Odoo's domain editor reads and writes Python literals; what is stored is JSON.
    @api.depends("g2p_search_domain")
    def _compute_g2p_search_domain_editor(self):
        for connector in self:
            try:
                connector.g2p_search_domain_editor = to_python(connector.g2p_search_domain or "[]")
            except JsonTextError:
                connector.g2p_search_domain_editor = False

    def _inverse_g2p_search_domain_editor(self):
        for connector in self:
            connector._onchange_g2p_search_domain_editor()

    @api.onchange("g2p_search_domain_editor")
    def _onchange_g2p_search_domain_editor(self):
        try:
            self.g2p_search_domain = to_json(self.g2p_search_domain_editor or "[]")
        except JsonTextError as error:
            raise ValidationError(
                self.env._("The filter may only hold fixed values, no expressions.")
            ) from error

    @api.model
    def _default_mapping(self):
        return MAPPING
