"""Comparing phone numbers, by what they dial and not by how they are written."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from ..meaning.problems import Code, Problem
from ..meaning.records import Phone
from .context import ImportContext
from .nodes import Node
from .rows import is_kept, note_added, remember, write_row


class Phones:
    """Adds new numbers and switches numbers on and off; deletes none.

    Numbers missing here come in under every field policy. Unless the source wins, a number that
    somebody changed here, or typed in, is left as it is.
    """

    def __init__(self, context: ImportContext):
        self._context = context
        self._model = context.env["g2p.phone.number"]

    def write(self, nodes: Iterable[Node]) -> None:
        """Bring the phones of all nodes in line: one read, one create, writes where needed."""
        asked = [node for node in nodes if node.registrant.phones is not None]
        existing = self._existing(asked)
        new: list[tuple[Node, dict[str, Any]]] = []
        for node in asked:
            new += [(node, values) for values in self._compare(node, existing[node.partner_id])]
        rows = self._model.create([values for _node, values in new])
        for (node, _values), row in zip(new, rows, strict=True):
            note_added(node, row)
            remember(node, row)

    def _existing(self, nodes: list[Node]) -> dict[int, dict[str, Any]]:
        """Partner id → number in comparable form → row."""
        found = defaultdict(dict)
        ids = [node.partner_id for node in nodes if not node.is_new]
        for row in self._model.search([("partner_id", "in", ids)]) if ids else ():
            found[row.partner_id.id][self._comparable(row.phone_no, row.country_id)] = row
        return found

    def _comparable(self, number: str, country=None) -> str:
        country = country or self._country
        return self._model._to_e164(number, country.code) or re.sub(r"\W", "", number)

    @property
    def _country(self):
        """Where the source's numbers are dialled from; may be unknown."""
        return self._context.importer.phone_country_id or self._context.company.country_id

    def _wanted(self, node: Node) -> dict[str, Phone]:
        """Number in comparable form → phone; notes those that cannot be dialled."""
        wanted = {}
        for index, phone in enumerate(node.registrant.phones):
            number = self._comparable(phone.phone_no)
            if self._country and not number.startswith("+"):
                node.notes.append(_undiallable(index))
            wanted[number] = phone
        return wanted

    def _compare(self, node: Node, existing: dict[str, Any]) -> list[dict[str, Any]]:
        wanted = self._wanted(node)
        new = [
            self._creation_values(node, phone)
            for number, phone in wanted.items()
            if number not in existing
        ]
        for number, row in existing.items():
            if number not in wanted and node.has_unread("phoneNumberIds"):
                continue
            if is_kept(self._context.policy, node, row):
                continue
            if changes := self._changes(row, wanted.get(number)):
                write_row(node, row, changes)
            if number in wanted:
                remember(node, row)
        node.is_changed = node.is_changed or bool(new)
        return new

    def _creation_values(self, node: Node, phone: Phone) -> dict[str, Any]:
        return {
            "partner_id": node.partner_id,
            "phone_no": phone.phone_no,
            "country_id": self._context.importer.phone_country_id.id,
            "data_source_id": self._context.source.id,
            **{name: value or False for name, value in phone.details.items()},
        }

    def _changes(self, row, phone: Phone | None) -> dict[str, Any]:
        """Other people's numbers stay as they are."""
        if phone is None:
            ours = row.data_source_id.id == self._context.source.id
            gone = ours and not (row.disabled or row.gone_at_source)
            return dict.fromkeys(("disabled", "gone_at_source"), self._context.now) if gone else {}
        came_back = {"gone_at_source": False} if row.gone_at_source else {}
        return {**came_back, **_switched(row, phone)}


def _switched(row, phone: Phone) -> dict[str, Any]:
    """What a person switched off here (``disabled_by``) stays off. A source that does not say
    whether a number is in use switches on only what was switched off because it was gone."""
    off_at_source = phone.details.get("disabled")
    if off_at_source and not row.disabled:
        return {"disabled": off_at_source}
    is_on = "disabled" in phone.details or row.disabled == row.gone_at_source
    if row.disabled and not off_at_source and is_on and not row.disabled_by:
        return {"disabled": False}
    return {}


def _undiallable(index: int) -> Problem:
    reason = "The value is not a phone number of the import's country; it was kept as written."
    return Problem(Code.INVALID_VALUE, f"phoneNumberIds[{index}].phoneNo", reason)
