import json
import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.mts_connector.checks.mapping import find_problems

VID = "vid"
# Fits the fields that are sent by default; the VID is added to them when they are sent.
MAPPING = {
    "vid": VID,
    "name": ["given_name", "addl_name", "family_name"],
    "gender": "gender",
    "dob": "birthdate",
    "phoneNumber": "phone",
    "emailId": "email",
    "fullAddress": ["address"],
}


class MTSConnector(models.Model):
    """A connector that takes what it sends from the registry."""

    _name = "mts.connector"
    _inherit = [
        "g2p.mts.selection.mixin",
        "g2p.mts.disclosure.mixin",
        # What is missing is told first: once it is there, it has to be approved.
        "g2p.mts.people.mixin",
        "g2p.mts.sender.mixin",
        "g2p.mts.preflight.mixin",
        "g2p.mts.approval.mixin",
        "g2p.mts.answers.mixin",
        "g2p.mts.recovery.mixin",
        "g2p.mts.round.mixin",
        "g2p.mts.sending.mixin",
        "mts.connector",
    ]

    input_type = fields.Selection(
        selection_add=[("custom", "OpenG2P Registry")],
        ondelete={"custom": "set odk"},
        default="custom",
    )
    # Answered here, by an address that is signed for each request, unless something else is said.
    callback_authtype = fields.Selection(default="none")

    @api.model
    def _default_mapping(self):
        return MAPPING

    @api.constrains("input_type", "mapping", "g2p_selected_fields")
    def _check_mapping_reads_what_is_sent(self):
        for connector in self.filtered(lambda connector: connector.input_type == "custom"):
            # A mapping that is no mapping has a check of its own.
            if find_problems(connector.mapping):
                continue
            sent = connector._parse_list_field("g2p_selected_fields")
            missing = [name for name in connector._mapped_names() if name not in (VID, *sent)]
            if missing:
                raise ValidationError(
                    self.env._(
                        "The mapping reads what is not among the fields sent: %s.",
                        ", ".join(missing),
                    )
                )

    def _mapped_names(self):
        """Return the names at the heads of the paths in the mapping, in their order."""
        paths = []
        for value in json.loads(self.mapping).values():
            paths += [value] if isinstance(value, str) else value
        heads = (re.split(r"[.\[]", path.strip())[0].strip('"') for path in paths)
        return list(dict.fromkeys(heads))
