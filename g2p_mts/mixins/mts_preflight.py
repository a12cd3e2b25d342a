import json
import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..meaning import catalogue
from .mts_line_holding import IS_REFUSED, WAITS

#: What MTS 1.1 refuses a record without, unless its operator has changed it.
MANDATORY = ("name", "gender", "dob", "fullAddress")
#: Field of an MTS → the error it gives where there is no value.
MISSING_CODES = {
    "name": catalogue.NO_NAME,
    "gender": catalogue.NO_GENDER,
    "dob": catalogue.NO_BIRTH_DATE,
    "phoneNumber": catalogue.NO_PHONE,
    "emailId": catalogue.NO_EMAIL,
    "fullAddress": catalogue.NO_ADDRESS,
}


class MTSPreflightMixin(models.AbstractModel):
    """Says before anything is sent who would be, and who would not and why.

    Every reason is a search domain, so that the people behind it can be opened as a list.
    """

    _name = "g2p.mts.preflight.mixin"
    _description = "Pre-flight of an MTS Connector"

    g2p_mandatory = fields.Char(
        "MTS Insists On",
        default=",".join(MANDATORY),
        help="Fields without which this MTS refuses a person; as its operator has set it.",
    )

    def _check_ready(self):
        if self.input_type == "custom":
            for parameter in ("g2p_mts.vid_id_type", "g2p_mts.uin_token_id_type"):
                self._id_type(parameter)
            # Whoever presses Start is the user the connector works as.
            if not self._may_read_registrants(self.env.user):
                raise UserError(self._no_rights_words())
        return super()._check_ready()

    def _work_custom(self):
        # Roles can be taken away while a connector is at work.
        if not self._may_read_registrants(self.user_id or self.env.user):
            return self._stop_with(self._no_rights_words())
        return super()._work_custom()

    @api.model
    def _may_read_registrants(self, user):
        """Whether a user may read registrants and their IDs, the VID among them."""
        models_read = ("res.partner", "g2p.reg.id")
        return all(self.env[name].with_user(user).has_access("read") for name in models_read)

    def _no_rights_words(self):
        return self.env._(
            "A connector reads the registrants with the rights of whoever starts it. Let somebody "
            "start it who may also read registrants and their IDs, such as a registrar."
        )

    def _partners_of_sender(self):
        """Registrants as the connector's user sees them, whoever or whatever runs the job."""
        return self.env["res.partner"].with_user(self.user_id or self.env.user)

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
        # sudo: which ID types are meant is no secret; the settings are for administrators.
        value = self.env["ir.config_parameter"].sudo().get_param(parameter) or ""
        id_types = self.env["g2p.id.type"].sudo()
        id_type = id_types.browse(int(value) if value.isdecimal() else 0).exists()
        if not id_type:
            raise UserError(self.env._("Set the ID types of VID and token first: Settings / MTS."))
        return id_type

    def _missing_domain(self, target):
        """Registrants without a value for a field of the MTS; None if that cannot be searched."""
        partners = self.env["res.partner"]
        searchable = {
            name: partners._fields[name]
            for name in self._heads(target)
            if name in partners._fields and partners._fields[name]._description_searchable
        }
        if len(searchable) < len(self._heads(target)):
            return None
        if target == "gender" and "gender" in searchable:
            known = self.env["gender.type"]._mts_codes()
            return Domain("gender", "not in", list(known))
        return Domain.AND(
            Domain(name, "in", [False, ""] if field.type in ("char", "text") else [False])
            for name, field in searchable.items()
        )

    def _people_in(self, domain):
        """How many of the registrants that the user may see are in a domain.

        Who may not read their IDs is told numbers all the same: officers approve by them, and
        operators look for reasons.
        """
        partners = self.env["res.partner"].sudo(False)
        if self._may_read_registrants(self.env.user):
            return partners.search_count(domain)
        seen = partners.env["ir.rule"]._compute_domain(partners._name, "read")
        # sudo: a number of those who are visible to the user; the domain looks into their IDs.
        return partners.sudo().search_count(domain & seen)

    def _preflight(self):
        """Why people would not be sent.

        :returns: list of (reason in words, domain); the first entries are no obstacles
        """
        everybody = self._people_domain()
        with_vid = everybody & self._vid_domain()
        waiting = with_vid & ~self._token_domain()
        missing = {t: self._missing_domain(t) for t in self._mandatory_targets()}
        missing = {target: domain for target, domain in missing.items() if domain is not None}
        ready = Domain.AND([waiting, *(~domain for domain in missing.values())])
        reasons = [
            (self.env._("match the filter"), everybody),
            (self.env._("can be sent"), ready & ~self._held_domain(Domain.TRUE)),
            (self.env._("have a token already"), with_vid & self._token_domain()),
            (self.env._("have no VID"), everybody & ~self._vid_domain()),
        ]
        for words, lines in self._holding_lines():
            reasons.append((words, waiting & self._held_domain(lines)))
        for target, domain in missing.items():
            words = catalogue.meaning_of(MISSING_CODES[target]).words
            reasons.append((words, waiting & domain))
        return reasons

    def _held_domain(self, lines):
        """Registrants whom such lines of this connector keep from being sent now."""
        holding = Domain("connector_id", "=", self.id) & Domain("holds_back", "=", True)
        return Domain("g2p_mts_line_ids", "any", holding & lines)

    def _holding_lines(self):
        """What was sent before and speaks against sending now: list of (words, domain of lines)."""
        is_refused = Domain("state", "in", IS_REFUSED)
        is_retryable = Domain("is_retryable", "=", True)
        decided = ~is_refused & Domain("state", "not in", WAITS)
        return [
            (self.env._("wait for an answer"), Domain("state", "in", WAITS)),
            (self.env._("are tried again later"), is_refused & is_retryable),
            (self.env._("refused; change their data first"), is_refused & ~is_retryable),
            (self.env._("answered; look at People Sent"), decided),
        ]

    def action_preflight(self):
        """Button "Pre-flight": show who can be sent, and who cannot and why.

        :returns: the action that opens the list of reasons
        """
        self.ensure_one()
        self.check_access("read")
        wizard = self.env["g2p.mts.preflight"].create({"connector_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Pre-flight"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
        }
