"""A record of the source beside the registrant it is written to, field by field."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..meaning.uses import LISTS, Reason, Use, Uses
from .context import ImportContext, field_mapping
from .households import Household
from .lines import Line
from .list_sides import ListSides
from .nodes import Node
from .rows import key


@dataclass(frozen=True)
class PersonSides:
    """One registrant on both sides.

    :param state: ``created``, ``updated``, ``unchanged`` or ``conflict``
    :param registrant_id: who it is here already; None for somebody new or not decided
    :param is_member: a member of the household before it in the list
    """

    name: str
    state: str
    registrant_id: int | None
    is_member: bool
    lines: tuple[Line, ...]


class SidesReader:
    """Reads both sides of the records of a batch, after it was written.

    :param households: all of the batch, so that their registrants are read at once
    """

    def __init__(self, context: ImportContext, households: Sequence[Household]):
        self._context = context
        nodes = [household.node for household in households]
        nodes += [place.node for household in households for place in household.places]
        partners = context.env["res.partner"]
        ids = sorted({node.partner_id for node in nodes if node.partner_id})
        self._partners = {partner.id: partner for partner in partners.browse(ids)}
        known = partners._fields
        is_group = context.importer.target_registry == "group"
        mapping = field_mapping(context.source, context.targets)
        self._uses = Uses(mapping, known, is_group=is_group)
        self._lists = ListSides(context, self._partners)

    def people(self, raw: dict, household: Household) -> list[PersonSides]:
        """The registrant of a record and its members, in the order of the source."""
        found = [self._person(raw, household.node)]
        if household.node.conflict:
            return found  # nothing is written for its members either
        for place in household.places:
            row = raw["groupMembershipIds"][place.member.index]
            kinds = self._lists.kind_lines(row, household, place)
            found.append(self._person(row["individual"], place.node, is_member=True, more=kinds))
        return found

    def leaving(self, household: Household) -> list[str]:
        """Names of those whose membership would end."""
        before = household.node.changes.before
        return [
            row.individual.name
            for row in household.rows
            if row.ended_date and not (before.get(key(row)) or {}).get("ended_date", True)
        ]

    def _person(
        self, raw: dict, node: Node, *, is_member: bool = False, more: Sequence[Line] = ()
    ) -> PersonSides:
        name = node.registrant.values.get("name") or ""
        lines = (*self._plain_lines(raw, node), *self._lists.lines(raw, node), *more)
        known_id = None if node.is_new else node.partner_id
        return PersonSides(name, _state(node), known_id, is_member, lines)

    # -- plain fields ----------------------------------------------------------------------------

    def _plain_lines(self, raw: dict, node: Node) -> Iterator[Line]:
        written = set()
        for name, value in raw.items():
            if name not in LISTS:
                (use,) = self._uses.of([name])
                if isinstance(value, (list, dict)) and not use.field:
                    use = Use(name, reason=Reason.NESTED)
                written.add(use.field)
                yield Line(name, value, use, *self._both(node, use))
        composed = Use("", "res.partner", "name")
        if "name" not in written:
            yield Line("", None, composed, *self._both(node, composed))

    def _both(self, node: Node, use: Use) -> tuple[str, str]:
        partner = self._partners.get(node.partner_id)
        if not partner or not use.field or node.conflict:
            return "", ""
        after = self._text(partner, use.field, partner[use.field])
        old = (node.changes.before.get(key(partner)) or {}).get(use.field, partner[use.field])
        return "" if node.is_new else self._text(partner, use.field, old), after

    def _text(self, partner, name: str, value: Any) -> str:
        field = partner._fields[name]
        if field.type == "selection":
            value = dict(field._description_selection(partner.env)).get(value, value)
        if field.type == "boolean":
            return str(bool(value)).lower()
        return "" if value is False or value is None else str(value)


def _state(node: Node) -> str:
    if node.conflict:
        return "conflict"
    if node.is_new:
        return "created"
    return "updated" if node.is_changed else "unchanged"
