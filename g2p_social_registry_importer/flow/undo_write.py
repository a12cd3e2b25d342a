"""Writing what registrants were before a run."""

from collections import defaultdict
from typing import Any

from odoo.fields import Command

from .rows import key, row_named
from .undo_case import Case

_LINK = "g2p.social.registry.imported.registrants"
_ID = "g2p.reg.id"
_MEMBERSHIP = "g2p.group.membership"


class UndoWrite:
    """Sets back some registrants of a run.

    :param run: the run to be undone, superuser, archived records visible
    """

    def __init__(self, run, cases: list[Case]):
        self._run = run
        self._env = run.env
        self._cases = cases
        partners = run.env["res.partner"]
        self._partners = partners.union(*(case.partner for case in cases))
        self._created = partners.union(*(case.partner for case in cases if case.is_created))

    def write(self) -> None:
        """What was added goes, what was changed is set back, who was created is archived.

        :raises UserError, IntegrityError: a rule objects to what was
        """
        self._withdraw_applications()
        self._leave_created_households()
        self._remove_added()
        self._archive()
        self._free_ids()
        self._restore()
        self._forget()

    def _withdraw_applications(self) -> None:
        """What is as the run made it is deleted, not exited: nobody has decided on it, and who has
        a membership in whatever state is not enrolled again by the next import."""
        as_made = self._env["g2p.program_membership"].search(
            [
                ("partner_id", "in", self._partners.ids),
                ("import_run_id", "=", self._run.id),
                ("state", "=", self._run._enrols_as()),
            ]
        )
        as_made.unlink()

    def _leave_created_households(self) -> None:
        """People who were here before are members no more. Those who came with the household stay
        in it, archived as it is: if they have no ID, they are recognised by that next time."""
        rows = self._env[_MEMBERSHIP].search([("group", "in", self._created.ids)])
        came_along = self._env["g2p.social.registry.import.before.image"].search(
            [
                ("run_id", "=", self._run.id),
                ("is_created", "=", True),
                ("registrant_id", "in", rows.individual.ids),
            ]
        )
        rows.filtered(lambda row: row.individual not in came_along.registrant_id).unlink()

    def _remove_added(self) -> None:
        added = defaultdict(list)
        for name, old in self._rows():
            row = row_named(self._env, name)
            if old is None and row._name != _LINK:
                added[row._name].append(row.id)
        for model, ids in added.items():
            self._env[model].browse(ids).unlink()

    def _archive(self) -> None:
        """With their IDs, so that the next import recognises them instead of doubling them."""
        self._created.write({"active": False})
        self._links_of(self._created).write({"is_undone": True})

    def _free_ids(self) -> None:
        """Unless an ID goes back to who had it before."""
        wanted = {
            (row.id_type.id, old["value"])
            for row, old in self._old_rows()
            if row._name == _ID and old.get("value")
        }
        held = self._env[_ID].search(
            [
                ("id_type", "in", [id_type for id_type, _value in wanted]),
                ("value", "in", [value for _id_type, value in wanted]),
                ("partner_id.active", "=", False),
                ("partner_id.social_registry_import_ids.is_undone", "=", True),
            ]
        )
        freed = held.filtered(lambda row: (row.id_type.id, row.value) in wanted)
        names = {key(row) for row in freed}
        for link in self._links_of(freed.partner_id):  # who comes back without it is as left
            link.applied = {n: v for n, v in (link.applied or {}).items() if n not in names}
        freed.unlink()

    def _restore(self) -> None:
        """Roles are given up before they are given back: a household has one head at any time."""
        rows = self._old_rows()
        roles = [row for row, old in rows if row._name == _MEMBERSHIP and "kind" in old]
        self._env[_MEMBERSHIP].union(*roles).write({"kind": [Command.clear()]})
        for row, old in rows:
            row.write(_orm_values(row, old))

    def _rows(self):
        return (pair for case in self._cases for pair in case.changes.before.items())

    def _old_rows(self) -> list[tuple[Any, dict[str, Any]]]:
        """Rows that were written, with the values they had."""
        return [(row_named(self._env, name), old) for name, old in self._rows() if old is not None]

    def _links_of(self, partners):
        return self._env[_LINK].search([("registrant_id", "in", partners.ids)])

    def _forget(self) -> None:
        """The next import applies again what it says of them, and of households they are in."""
        memberships = self._env[_MEMBERSHIP].search([("individual", "in", self._partners.ids)])
        self._links_of(self._partners | memberships.group).write({"fingerprint": ""})
        new = [name for name, old in self._rows() if old is None and name.startswith(_LINK)]
        self._env[_LINK].union(*(row_named(self._env, name) for name in new)).applied = False


def _orm_values(row, old: dict[str, Any]) -> dict[str, Any]:
    many = {name for name in old if row._fields[name].type == "many2many"}
    return {n: [Command.set(value)] if n in many else value for n, value in old.items()}
