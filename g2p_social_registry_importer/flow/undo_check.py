"""Who cannot be set back: a person, a programme or a later import has been at work since."""

from collections import defaultdict
from datetime import timedelta
from functools import cached_property
from typing import Any

from ..meaning.policy import digest
from ..meaning.problems import Code, Problem
from .rows import key, plain_values, row_named, said_digest
from .undo_case import Case


class UndoCheck:
    """Looks at some registrants of a run; a fixed number of statements for all of them.

    :param run: the run to be undone, superuser, archived records visible
    """

    def __init__(self, run, cases: list[Case]):
        self._run = run
        self._env = run.env
        self._cases = cases
        partners = run.env["res.partner"]
        self._partners = partners.union(*(case.partner for case in cases))
        self._created = partners.union(*(case.partner for case in cases if case.is_created))

    def look(self) -> None:
        """Set ``problem`` on each case that has to be left as it is."""
        for case in self._cases:
            case.problem = self._problem(case)

    def _problem(self, case: Case) -> Problem | None:
        if self._is_taken_up(case):
            reason = "A programme has gone on with the registrant since. It was left as it is."
            return Problem(Code.IN_USE_SINCE, "", reason)
        if case.is_created and case.partner in self._members_elsewhere:
            reason = "The person is a member of a household that stays, and was left as it is."
            return Problem(Code.IN_USE_SINCE, "", reason)
        changed = self._is_created_changed if case.is_created else self._is_changed
        if changed(case):
            reason = "Somebody, or another import, has changed it since. It was left as it is."
            return Problem(Code.CHANGED_SINCE, "", reason)
        return None

    # -- in use ----------------------------------------------------------------------------------

    def _is_taken_up(self, case: Case) -> bool:
        """An application this run made has been decided on, or a new registrant made another."""
        rows = self._enrolments[case.partner]
        own = [row for row in rows if row.import_run_id == self._run]
        return any(row.state != self._run._enrols_as() for row in own) or (
            case.is_created and len(rows) > len(own)
        )

    @cached_property
    def _enrolments(self) -> dict[Any, list]:
        found = defaultdict(list)
        rows = self._env["g2p.program_membership"]
        for row in rows.search([("partner_id", "in", self._partners.ids)]):
            found[row.partner_id].append(row)
        return found

    @cached_property
    def _members_elsewhere(self):
        """Created people who are members of a household in use; others are set back by now."""
        rows = self._env["g2p.group.membership"].search(
            [
                ("individual", "in", self._created.ids),
                ("is_ended", "=", False),
                ("group.active", "=", True),
            ]
        )
        return rows.individual

    # -- changed ---------------------------------------------------------------------------------

    def _is_changed(self, case: Case) -> bool:
        return not all(
            name in self._there
            and case.changes.is_as_left(name, plain_values(row_named(self._env, name), left))
            for name, left in case.changes.after.items()
        )

    @cached_property
    def _there(self) -> set[str]:
        """Names of the rows that have not been deleted."""
        by_model = defaultdict(set)
        for case in self._cases:
            for name in case.changes.after:
                row = row_named(self._env, name)
                by_model[row._name].add(row.id)
        rows = (self._env[model].browse(ids).exists() for model, ids in by_model.items())
        return {key(row) for found in rows for row in found}

    def _is_created_changed(self, case: Case) -> bool:
        partner, rows = case.partner, self._rows[case.partner]
        parts = [partner, *rows, *partner.group_membership_ids]
        if not partner.active or partner.disabled:
            return True
        if any(part.write_date > self._end for part in parts):
            return True
        here = {key(row): said_digest(row) for row in rows}
        return self._applied[partner] != {**self._digests(partner), **here}

    def _digests(self, partner) -> dict[str, str]:
        """Digests of the fields that the import wrote, as they are now."""
        written = [name for name in self._applied[partner] if name in partner._fields]
        return {name: digest(name, partner[name]) for name in written}

    @cached_property
    def _rows(self) -> dict[Any, list]:
        """All IDs and phone numbers of the created registrants."""
        found = defaultdict(list)
        for model in ("g2p.reg.id", "g2p.phone.number"):
            for row in self._env[model].search([("partner_id", "in", self._created.ids)]):
                found[row.partner_id].append(row)
        return found

    @cached_property
    def _applied(self) -> dict[Any, dict[str, str]]:
        """Registrant → row or field → digest of what the import wrote."""
        links = self._env["g2p.social.registry.imported.registrants"].search_fetch(
            [
                ("fetch_social_registry_id", "=", self._run.fetch_social_registry_id.id),
                ("registrant_id", "in", self._created.ids),
            ],
            ["registrant_id", "applied"],
        )
        found = {link.registrant_id: link.applied or {} for link in links}
        return defaultdict(dict, found)

    @cached_property
    def _end(self):
        """Who wrote later was not this run, nor a later one of this import that was undone.

        The end is kept without fractions of a second.
        """
        runs = self._run.search(
            [
                ("fetch_social_registry_id", "=", self._run.fetch_social_registry_id.id),
                ("id", ">=", self._run.id),
            ]
        )
        ends = [*runs.mapped("ended_at"), *runs.mapped("undone_at")]
        return max(end for end in ends if end) + timedelta(seconds=1)
