"""Comparing phone numbers, by what they dial and not by how they are written."""

import re
from typing import Any

from ..meaning.policy import FieldPolicy
from ..meaning.problems import Code, Problem
from ..meaning.records import Phone
from .list_rows import ListRows
from .nodes import Node
from .rows import is_kept, remember, write_row


class Phones(ListRows):
    """Adds new numbers and switches numbers on and off; deletes none.

    Numbers missing here come in under every field policy. Unless the source wins, a number that
    somebody changed here, or typed in, is left as it is. Where only what is empty may be filled,
    none is switched off.
    """

    model = "g2p.phone.number"

    def _sent(self, node: Node):
        return node.registrant.phones

    def _known_by(self, row):
        return self._comparable(row.phone_no, row.country_id)

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
        """Other people's numbers stay as they are; where only what is empty may be filled, no
        number is switched off."""
        changes = self._gone(row) if phone is None else _found(row, phone)
        fills = self._context.policy is FieldPolicy.FILL_EMPTY
        return {} if fills and changes.get("disabled") else changes

    def _gone(self, row) -> dict[str, Any]:
        ours = row.data_source_id.id == self._context.source.id
        gone = ours and not (row.disabled or row.gone_at_source)
        return dict.fromkeys(("disabled", "gone_at_source"), self._context.now) if gone else {}


def _found(row, phone: Phone) -> dict[str, Any]:
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
