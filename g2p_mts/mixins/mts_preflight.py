from odoo import models
from odoo.fields import Domain

from ..meaning import catalogue
from .mts_line_holding import IS_REFUSED, WAITS


class MTSPreflightMixin(models.AbstractModel):
    """Says before anything is sent who would be, and who would not and why.

    Every reason is a search domain, so that the people behind it can be opened as a list.
    """

    _name = "g2p.mts.preflight.mixin"
    _description = "Pre-flight of an MTS Connector"

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
        # sudo: whom a user works for; that it is not ticked just now does not count.
        companies = self.env.user.sudo().company_ids.ids
        partners = self.env["res.partner"].sudo(False)
        partners = partners.with_context(allowed_company_ids=companies)
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
            words = catalogue.meaning_of(catalogue.MISSING_CODES[target]).words
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
