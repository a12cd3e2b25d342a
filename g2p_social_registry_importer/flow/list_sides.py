"""IDs, phone numbers and roles of a record beside the rows they are written to."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ..meaning.lists import rows
from ..meaning.uses import Use
from .context import ImportContext
from .households import Household, Place
from .lines import Line
from .nodes import Node
from .phones import Phones
from .rows import key

#: The lists of a record, where a row of them goes, and what of it is shown.
_LISTED = (
    ("regIds", Use("", "g2p.reg.id", "value"), ("idTypeAsStr", "value", "expiryDate")),
    ("phoneNumberIds", Use("", "g2p.phone.number", "phone_no"), ("phoneNo", "disabled")),
)


class ListSides:
    """Reads both sides of what a registrant has several of.

    :param partners: id → registrant that was written
    """

    def __init__(self, context: ImportContext, partners: dict[int, Any]):
        self._context = context
        self._partners = partners
        self._phones = Phones(context)

    def lines(self, raw: dict, node: Node) -> Iterator[Line]:
        """One line for each ID and phone number of a record."""
        for name, use, shown in _LISTED:
            for index, row in enumerate(rows(raw, name, []) or ()):
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

    def kind_lines(self, row: dict, household: Household, place: Place) -> list[Line]:
        """The line of a member's roles, if the query asks for them."""
        if "kind" not in row:
            return []
        path = f"groupMembershipIds[{place.member.index}].kind"
        use = Use(path, "g2p.group.membership", "kind")
        sent = row["kind"]
        arrived = sent.get("name") if isinstance(sent, dict) else sent
        return [Line(path, arrived, use, *self._kinds(household, place.node))]

    def _kinds(self, household: Household, node: Node) -> tuple[str, str]:
        group = self._partners.get(household.node.partner_id)
        if not group or not node.partner_id or node.conflict or household.node.conflict:
            return "", ""
        found = group.group_membership_ids.filtered(lambda m: m.individual.id == node.partner_id)
        if not found:
            return "", ""
        row = found[0]
        old = {} if household.node.is_new else household.node.changes.before.get(key(row), {})
        after = ", ".join(row.kind.mapped("name"))
        if household.node.is_new or old is None:
            return "", after
        before = row.kind.browse(old["kind"]) if "kind" in old else row.kind
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
