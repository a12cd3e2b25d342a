"""Comparing who is in a household, and as what."""

from collections import defaultdict
from typing import Any

from odoo.fields import Command

from ..meaning.problems import Code, Problem
from .context import ImportContext
from .households import Household, Place
from .rows import key, note_added, plain_values


class Memberships:
    """Ends, changes, reopens and creates membership rows.

    In this order: who leaves or gives up a unique role such as Head goes first, because the
    registry allows one holder at any time, also inside a transaction.
    """

    def __init__(self, context: ImportContext):
        self._context = context
        # sudo: rows of disabled people are hidden from operators, but have to follow the source
        # like all others. The households themselves are written with the operator's own rights.
        self._model = context.env["g2p.group.membership"].sudo()

    def write(self, households: list[Household]) -> None:
        """Bring the memberships in line; notes who joined, changed and left."""
        listed = [household for household in households if household.lists_members]
        wanted = {household: self._wanted(household) for household in listed}
        self._end(wanted)
        self._give_up_roles(wanted)
        self._change(wanted)
        self._create(wanted)

    def _wanted(self, household: Household) -> dict[int, set[int] | None]:
        """Person id → kind ids, or None when the query did not ask for kinds."""
        wanted: dict[int, set[int] | None] = {}
        taken: set[int] = set()
        for place in household.places:
            if place.node.partner_id and not place.node.conflict:
                kinds = self._kinds(household, place, taken)
                wanted.setdefault(place.node.partner_id, kinds)
        return wanted

    def _kinds(self, household: Household, place: Place, taken: set[int]):
        if place.member.kinds is None:
            return None
        kinds: set[int] = set()
        for name in place.member.kinds:
            kind = self._context.catalogue.kind(name)
            where = f"groupMembershipIds[{place.member.index}].kind"
            if kind is None:
                household.node.notes.append(_unknown_kind(where, name))
            elif kind in taken:
                household.node.notes.append(_kind_twice(where, name))
            else:
                kinds.add(kind)
        taken |= kinds & self._context.catalogue.unique_kinds
        return kinds

    def _end(self, wanted: dict) -> None:
        leaving = self._model
        for household, people in wanted.items():
            if household.knows_everybody:
                staying = people.keys() | household.ignored
                for row in household.rows:
                    if row.individual.id not in staying and self._has_left(row):
                        leaving += row
                        household.ended += 1
                        _note(household, row, "start_date")
        # Nothing ends before it began: who was to join later never was a member.
        self._not_begun(leaving).write({"start_date": self._context.now})
        leaving.write({"ended_date": self._context.now})

    def _not_begun(self, rows):
        return rows.filtered(lambda row: row.start_date and row.start_date > self._context.now)

    def _has_left(self, row) -> bool:
        """Whom a person or another import put here, this import does not send away."""
        importer = row.fetch_social_registry_id
        ours = importer.id == self._context.importer.id
        orphan = not importer and row.data_source_id.id == self._context.source.id
        return not row.is_ended and (ours or orphan)

    def _give_up_roles(self, wanted: dict) -> None:
        by_kinds = defaultdict(lambda: self._model)
        for household, people in wanted.items():
            given = set().union(*(kinds for kinds in people.values() if kinds))
            for row in household.rows:
                kept = self._kept_roles(row, people, given)
                if not row.is_ended and kept != set(row.kind.ids):
                    by_kinds[frozenset(kept)] += row
                    _note(household, row)
                    household.moved.add(row.individual.id)
        self._set_kinds(by_kinds)

    def _kept_roles(self, row, people: dict, given: set[int]) -> set[int]:
        """The row's kinds without the unique ones that somebody else is given."""
        kinds = set(row.kind.ids)
        own = people.get(row.individual.id)
        return kinds - (given & self._context.catalogue.unique_kinds - (own or set()))

    def _set_kinds(self, by_kinds: dict) -> None:
        for kinds, rows in by_kinds.items():
            rows.write({"kind": [Command.set(sorted(kinds))]})

    def _change(self, wanted: dict) -> None:
        reopened = self._model
        by_kinds = defaultdict(lambda: self._model)
        for household, people in wanted.items():
            for row in household.rows:
                if row.individual.id in people:
                    kinds = self._final_kinds(row, people[row.individual.id])
                    if row.is_ended:
                        reopened += row
                        _note(household, row, *self._brought())
                    elif kinds != set(row.kind.ids):
                        _note(household, row)
                    if kinds != set(row.kind.ids):
                        by_kinds[frozenset(kinds)] += row
        self._set_kinds(by_kinds)
        reopened.write({"ended_date": False, **self._brought()})
        self._note_moves(wanted, reopened.union(*by_kinds.values()))

    def _final_kinds(self, row, kinds: set[int] | None) -> set[int]:
        """Kinds nobody asked for stay, but who comes back does not bring a unique role along."""
        if kinds is not None:
            return kinds
        own = set(row.kind.ids)
        return own - self._context.catalogue.unique_kinds if row.is_ended else own

    def _note_moves(self, wanted: dict, changed) -> None:
        moved = set(changed.ids)
        for household in wanted:
            household.moved |= {r.individual.id for r in household.rows if r.id in moved}

    def _create(self, wanted: dict) -> None:
        joined: list[Household] = []
        values: list[dict[str, Any]] = []
        for household, people in wanted.items():
            present = {row.individual.id for row in household.rows}
            joining = [person for person in people if person not in present]
            values += [self._creation_values(household, p, people[p]) for p in joining]
            joined += [household] * len(joining)
            household.moved.update(joining)
        for household, row in zip(joined, self._model.create(values), strict=True):
            note_added(household.node, row)

    def _creation_values(self, household: Household, person: int, kinds) -> dict[str, Any]:
        return {
            "group": household.node.partner_id,
            "individual": person,
            "kind": [Command.set(sorted(kinds or ()))],
            **self._brought(),
        }

    def _brought(self) -> dict[str, int]:
        """The marks of a membership that this import has made, or made again."""
        return {
            "fetch_social_registry_id": self._context.importer.id,
            "data_source_id": self._context.source.id,
        }


def _note(household: Household, row, *more: str) -> None:
    """Note what a membership was before it is ended, reopened or given other kinds."""
    household.node.changes.note(key(row), plain_values(row, ("kind", "ended_date", *more)))


def _unknown_kind(where: str, name: str) -> Problem:
    reason = f"There is no membership kind “{name}” here; create it, then fetch again."
    return Problem(Code.UNKNOWN_MEMBER_KIND, where, reason)


def _kind_twice(where: str, name: str) -> Problem:
    reason = f"Only one {name} is allowed per household; the first one was kept."
    return Problem(Code.UNIQUE_KIND_TWICE, where, reason)
