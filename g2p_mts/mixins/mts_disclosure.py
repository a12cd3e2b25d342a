import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..checks.json_text import JsonTextError, parse_list
from ..flow.filter_words import FilterWords


class MTSDisclosureMixin(models.AbstractModel):
    """The fields that leave the system: chosen one by one, and told on one page."""

    _name = "g2p.mts.disclosure.mixin"
    _description = "What an MTS Connector Discloses"

    g2p_field_to_add = fields.Char("Add a Field", store=False)
    g2p_unused_fields = fields.Char("Not Used", compute="_compute_g2p_unused_fields")

    @api.onchange("g2p_field_to_add")
    def _onchange_g2p_field_to_add(self):
        if self.g2p_field_to_add:
            names = self._names_or_none() or []
            self.g2p_selected_fields = json.dumps(
                list(dict.fromkeys([*names, self.g2p_field_to_add])), indent=2
            )
            self.g2p_field_to_add = False

    @api.depends("g2p_selected_fields", "mapping")
    def _compute_g2p_unused_fields(self):
        for connector in self:
            names = connector._names_or_none()
            unused = set(names or []) - set(connector._mapped_names_or_all(names))
            connector.g2p_unused_fields = ", ".join(n for n in names or [] if n in unused)

    def _names_or_none(self):
        """The chosen fields, or None while what was typed is not a list of names yet."""
        try:
            names = parse_list(self.g2p_selected_fields or "[]")
        except JsonTextError:
            return None
        return names if all(isinstance(name, str) for name in names) else None

    def _mapped_names_or_all(self, names):
        try:
            return self._mapped_names()
        except (ValueError, AttributeError, TypeError):  # a mapping has a check of its own
            return names or []

    def _what_leaves(self):
        """The page "What Leaves This System": list of (heading, text), all in words."""
        self.ensure_one()
        people, first, last = self._people_sent()
        return [
            (self.env._("Purpose"), self.g2p_purpose or self.env._("not said yet")),
            (self.env._("Receiver"), self.mts_url),
            (self.env._("Fields"), "\n".join(self._field_labels())),
            (self.env._("Always with them"), self._always_sent()),
            (self.env._("Whose"), self._people_words()),
            (self.env._("Of which companies"), self._companies_words()),
            (self.env._("Answers"), self._answers_words()),
            (self.env._("People sent so far"), str(people)),
            (self.env._("First sent (UTC)"), fields.Datetime.to_string(first) or "–"),
            (self.env._("Last sent (UTC)"), fields.Datetime.to_string(last) or "–"),
            (self.env._("Approved"), self._approval_text()),
        ]

    def _always_sent(self):
        return self.env._(
            "the Virtual ID (%s), and a number made up for each sending",
            self._type_words("g2p_mts.vid_id_type"),
        )

    def _type_words(self, parameter):
        try:
            return self._id_type(parameter).name
        except UserError:
            return self.env._("not chosen yet")

    def _answers_words(self):
        """What comes back, and where it goes: somebody else may be told the tokens."""
        token = self._type_words("g2p_mts.uin_token_id_type")
        if self.delivery_type != "callback":
            return self.env._("tokens (%s), fetched from the receiver", token)
        address = self.callback_url or self._own_address()
        return self.env._("tokens (%(token)s), brought to %(to)s", token=token, to=address)

    def _field_labels(self):
        partners = self.env["res.partner"]
        names = self._names_or_none() or []
        known = [partners._fields[name] for name in names if name in partners._fields]
        return [f"{field._description_string(self.env)} ({field.name})" for field in known]

    def _people_words(self):
        """The filter as it is meant: who is chosen has all of it, or one of it, or not."""
        return "\n".join(FilterWords(self.env["res.partner"]).lines(self._filter_domain()))

    def _companies_words(self):
        # sudo: their names, those included that the reader does not work for.
        names = sorted(self.sudo().g2p_company_ids.mapped("name"))
        return ", ".join(names) or self.env._("not chosen yet")

    def _people_sent(self):
        """How many different people were sent, and when first and last."""
        of_this = [("connector_id", "=", self.id), ("sent_at", "!=", False)]
        # sudo: numbers for the whole ledger, companies the reader does not see included.
        ledger = self.sudo().env
        aggregates = ["partner_id:count_distinct", "sent_at:min", "sent_at:max"]
        [(people, first, last)] = ledger["g2p.mts.request.line"]._read_group(
            of_this, [], aggregates
        )
        # A line knows when its person first left; the request, when the MTS took it at last.
        [(taken,)] = ledger["g2p.mts.request"]._read_group(of_this, [], ["sent_at:max"])
        return people, first, max(filter(None, (last, taken)), default=False)

    def _approval_text(self):
        if not self.g2p_is_approved:
            return self.env._("not approved: nothing is sent")
        return self.env._(
            "%(who)s, %(when)s (UTC)",
            who=self.g2p_approved_by_id.name,
            when=fields.Datetime.to_string(self.g2p_approved_at),
        )
