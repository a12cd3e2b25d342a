import json
import re

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..meaning.catalogue import MISSING_CODES

#: What MTS 1.1 refuses a record without, unless its operator has changed it.
MANDATORY = ("name", "gender", "dob", "fullAddress")


class MTSPeopleMixin(models.AbstractModel):
    """The registrants that a connector is about: who is meant, and which of their IDs are VID and
    token.
    """

    _name = "g2p.mts.people.mixin"
    _description = "People of an MTS Connector"

    g2p_mandatory = fields.Char(
        "MTS Insists On",
        default=",".join(MANDATORY),
        help="Fields without which this MTS refuses a person; as its operator has set it.",
    )

    def _check_ready(self):
        if self.input_type == "custom":
            for parameter in ("g2p_mts.vid_id_type", "g2p_mts.uin_token_id_type"):
                self._id_type(parameter)
        return super()._check_ready()

    def _mandatory_targets(self):
        names = [name.strip() for name in (self.g2p_mandatory or "").split(",")]
        return [name for name in names if name in MISSING_CODES]

    def _heads(self, target):
        """Names of the registrant's fields that the mapping reads for a field of the MTS."""
        paths = json.loads(self.mapping).get(target, target)
        paths = [paths] if isinstance(paths, str) else paths
        return [re.split(r"[.\[]", path.strip())[0].strip('"') for path in paths]

    def _people_domain(self):
        """The registrants that are meant, whether they can be sent or not."""
        self.ensure_one()
        # sudo: only their ids. A branch would see registrants of its parent company as well.
        companies = self.sudo().g2p_company_ids.ids
        return self._filter_domain() & Domain("company_id", "in", companies)

    def _filter_domain(self):
        return Domain(self._parse_list_field("g2p_search_domain"))

    def _vid_domain(self):
        return Domain("reg_ids", "any", self._held_as("g2p_mts.vid_id_type"))

    def _token_domain(self):
        return Domain("reg_ids", "any", self._held_as("g2p_mts.uin_token_id_type"))

    def _held_as(self, parameter):
        id_type = self._id_type(parameter)
        return Domain("id_type", "=", id_type.id) & Domain("value", "!=", False)

    def _id_type(self, parameter):
        """The ID type a system parameter names.

        :raises UserError: the parameter is not set, or the type is gone
        """
        return self._id_types(parameter)[0]

    def _id_types(self, *parameters):
        """The ID types that system parameters name, in their order, by one statement.

        :raises UserError: a parameter is not set, or a type is gone
        """
        # sudo: which ID types are meant is no secret; the settings are for administrators.
        id_types, settings = self.env["g2p.id.type"].sudo(), self.env["ir.config_parameter"].sudo()
        values = [settings.get_param(parameter) or "" for parameter in parameters]
        found = [id_types.browse(int(value) if value.isdecimal() else 0) for value in values]
        there = id_types.concat(*found).exists()
        if not all(id_type and id_type in there for id_type in found):
            raise UserError(self.env._("Set the ID types of VID and token first: Settings / MTS."))
        return found
