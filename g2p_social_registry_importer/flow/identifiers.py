"""Comparing the IDs of registrants with what the source says."""

from collections import defaultdict
from typing import Any

from ..meaning.policy import FieldPolicy
from ..meaning.problems import Code, Problem
from ..meaning.records import Identifier
from .list_rows import ListRows
from .nodes import Node
from .rows import is_kept, remember, write_row


class Identifiers(ListRows):
    """Adds, corrects and marks ID rows; deletes none, and touches none the source never sent.

    IDs missing here come in under every field policy, but for those that were deleted for good.
    Unless the source wins, an ID that somebody changed here, or typed in, is left as it is.
    """

    model = "g2p.reg.id"

    def _sent(self, node: Node):
        return node.registrant.identifiers

    def _known_by(self, row):
        return row.id_type.id

    def _compare(self, node: Node, existing: dict[int, Any]) -> list[dict[str, Any]]:
        wanted = self._one_per_type(node, existing)
        new = []
        for type_id, identifier in wanted.items():
            row = existing.get(type_id)
            if row is None:
                new.append(self._creation_values(node, type_id, identifier))
            elif not is_kept(self._context.policy, node, row):
                self._correct(node, row, identifier)
        if not node.has_unread("regIds"):
            self._mark_gone(node, [row for t, row in existing.items() if t not in wanted])
        node.is_changed = node.is_changed or bool(new)
        return new

    def _correct(self, node: Node, row, identifier: Identifier) -> None:
        if changes := self._changes(row, identifier):
            write_row(node, row, changes)
        remember(node, row)

    def _one_per_type(self, node: Node, existing: dict[int, Any]) -> dict[int, Identifier]:
        """The registry here keeps one ID per type: the one it has, else the one that is valid."""
        offered = defaultdict(list)
        for identifier in node.registrant.identifiers:
            type_id = self._context.catalogue.id_type(identifier.id_type)
            if identifier.key in node.gone:
                continue  # no problem of the record, or it would be compared for ever: counted
            if identifier.key in node.held_elsewhere:
                node.notes.append(_held_elsewhere(identifier))
            elif type_id is None:
                self._note_unknown_type(node, identifier)
            else:
                offered[type_id].append(identifier)
        return {
            type_id: self._choose(node, choices, existing.get(type_id))
            for type_id, choices in offered.items()
        }

    def _choose(self, node: Node, choices: list[Identifier], row) -> Identifier:
        if len(choices) > 1:
            reason = "The source has several IDs of one type; only one of them is kept here."
            node.notes.append(Problem(Code.SECOND_IDENTIFIER, "regIds", reason))
        today = self._context.now.date()
        return min(choices, key=lambda choice: (_is_expired(choice, today), _differs(choice, row)))

    def _note_unknown_type(self, node: Node, identifier: Identifier) -> None:
        reason = (
            f"There is no ID type “{identifier.id_type}” here. Create it, or let this import "
            "create missing ID types; then fetch again."
        )
        place = f"regIds[{identifier.index}].idTypeAsStr"
        node.notes.append(Problem(Code.UNKNOWN_IDENTIFIER_TYPE, place, reason))

    def _creation_values(self, node: Node, type_id: int, identifier: Identifier) -> dict:
        return {
            "partner_id": node.partner_id,
            "id_type": type_id,
            "value": identifier.value,
            "status": "valid",
            "data_source_id": self._context.source.id,
            **_orm_details(identifier),
        }

    def _changes(self, row, identifier: Identifier) -> dict[str, Any]:
        wanted = {"value": identifier.value, **_orm_details(identifier)}
        changes = {name: value for name, value in wanted.items() if row[name] != value}
        if self._context.policy is FieldPolicy.FILL_EMPTY:
            changes = {name: value for name, value in changes.items() if not row[name]}
        if row.gone_at_source:
            changes.update(gone_at_source=False, status="valid")
        return changes

    def _mark_gone(self, node: Node, rows: list) -> None:
        """An ID this source sent before and sends no more is invalid, but stays on record.

        Where only what is empty may be filled, it stays valid.
        """
        if self._context.policy is FieldPolicy.FILL_EMPTY:
            return
        for row in rows:
            if self._is_of_this_source(row) and not (
                row.gone_at_source or is_kept(self._context.policy, node, row)
            ):
                write_row(node, row, {"gone_at_source": self._context.now, "status": "invalid"})

    def _is_of_this_source(self, row) -> bool:
        return row.data_source_id.id == self._context.source.id


def _held_elsewhere(identifier: Identifier) -> Problem:
    reason = "This identifier is another registrant's here, and was left there by decision."
    return Problem(Code.HELD_ELSEWHERE, f"regIds[{identifier.index}]", reason)


def _is_expired(identifier: Identifier, today) -> bool:
    expiry = identifier.details.get("expiry_date")
    return bool(expiry) and expiry < today


def _differs(identifier: Identifier, row) -> bool:
    return row is None or row.value != identifier.value


def _orm_details(identifier: Identifier) -> dict[str, Any]:
    return {name: value or False for name, value in identifier.details.items()}
