"""A record of the source beside the registrant it is written to, field by field."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..meaning.uses import LISTS, Reason, Use, Uses
from .context import ImportContext, field_mapping
from .households import Household
from .nodes import Node
from .phones import Phones
from .rows import key

#: The lists of a record, where a row of them goes, and what of it is shown.
_LISTED = (
    ("regIds", Use("", "g2p.reg.id", "value"), ("idTypeAsStr", "value", "expiryDate")),
    ("phoneNumberIds", Use("", "g2p.phone.number", "phone_no"), ("phoneNo", "disabled")),
)


@dataclass(frozen=True)
class Line:
    """One value on both sides.

    :param path: in the record, e.g. ``regIds[1]``; empty for what is worked out here
    :param arrived: as the source sent it; None for null, or for what it did not send
    :param use: where it goes, or why it is left out
    :param before: what the field here says now; empty for somebody new
    :param after: what it would say
    """

    path: str
    arrived: Any
    use: Use
    before: str = ""
    after: str = ""

    @property
    def is_change(self) -> bool:
        return self.before != self.after


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
        # sudo: memberships of disabled people are hidden from operators by a record rule; what
        # is read is what the import has just written, for the eyes of who may import.
        partners = context.env["res.partner"].sudo()
        ids = sorted({node.partner_id for node in nodes if node.partner_id})
        self._partners = {partner.id: partner for partner in partners.browse(ids)}
        known = partners._fields
        is_group = context.importer.target_registry == "group"
        mapping = field_mapping(context.source, context.targets)
        self._uses = Uses(mapping, known, is_group=is_group)
        self._phones = Phones(context)

    def people(self, raw: dict, household: Household) -> list[PersonSides]:
        """The registrant of a record and its members, in the order of the source."""
        found = [self._person(raw, household.node)]
        if household.node.conflict:
            return found  # nothing is written for its members either
        for place in household.places:
            row = raw["groupMembershipIds"][place.member.index]
            kinds = self._kind_lines(place.member.index, row, household, place.node)
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
        lines = (*self._plain_lines(raw, node), *self._list_lines(raw, node), *more)
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

    # -- IDs and phones --------------------------------------------------------------------------

    def _list_lines(self, raw: dict, node: Node) -> Iterator[Line]:
        for name, use, shown in _LISTED:
            for index, row in enumerate(raw.get(name) or ()):
                arrived = " ".join(str(row[one]) for one in shown if row.get(one))
                path = f"{name}[{index}]"
                here = self._row_texts(node, name, row)
                yield Line(path, arrived, replace(use, path=path), *here)

    def _row_texts(self, node: Node, name: str, row: dict) -> tuple[str, str]:
        found = self._row_here(node, name, row)
        if not found:
            return "", ""
        old = {} if node.is_new else node.changes.before.get(key(found), {})
        is_added = node.is_new or old is None
        return "" if is_added else _row_text(found, old), _row_text(found, {})

    def _row_here(self, node: Node, name: str, row: dict):
        partner = self._partners.get(node.partner_id)
        if not partner or node.conflict:
            return None
        if name == "regIds":
            type_id = self._context.catalogue.id_type(str(row.get("idTypeAsStr") or ""))
            return partner.reg_ids.filtered(lambda one: one.id_type.id == type_id)[:1]
        number = self._phones._comparable(str(row.get("phoneNo") or "").strip())
        return partner.phone_number_ids.filtered(
            lambda one: self._phones._comparable(one.phone_no, one.country_id) == number
        )[:1]

    # -- places in a household -------------------------------------------------------------------

    def _kind_lines(self, index: int, row: dict, household: Household, node: Node):
        if "kind" not in row:
            return []
        path = f"groupMembershipIds[{index}].kind"
        use = Use(path, "g2p.group.membership", "kind")
        sent = row["kind"]
        arrived = sent.get("name") if isinstance(sent, dict) else sent
        return [Line(path, arrived, use, *self._kinds(household, node))]

    def _kinds(self, household: Household, node: Node) -> tuple[str, str]:
        group = self._partners.get(household.node.partner_id)
        if not group or not node.partner_id or node.conflict or household.node.conflict:
            return "", ""
        rows = group.group_membership_ids.filtered(lambda m: m.individual.id == node.partner_id)
        if not rows:
            return "", ""
        old = {} if household.node.is_new else household.node.changes.before.get(key(rows[0]), {})
        after = ", ".join(rows[0].kind.mapped("name"))
        if household.node.is_new or old is None:
            return "", after
        before = rows.kind.browse(old["kind"]) if "kind" in old else rows[0].kind
        return ", ".join(before.mapped("name")), after


def _row_text(row, old: dict) -> str:
    """What an ID or phone number says, with some of its values as they were."""
    names = ("id_type", "value", "expiry_date", "status")
    if row._name == "g2p.phone.number":
        names = ("phone_no", "disabled")
    said = {name: old.get(name, row[name]) for name in names}
    if "id_type" in said:
        said["id_type"] = row.id_type.name
        said["status"] = said["status"] if said["status"] == "invalid" else ""
    return " ".join(str(value) for value in said.values() if value)


def _state(node: Node) -> str:
    if node.conflict:
        return "conflict"
    if node.is_new:
        return "created"
    return "updated" if node.is_changed else "unchanged"
