"""Rows as the book-keeping sees them: what they are called, what they say, who wrote them last."""

from collections.abc import Iterable
from typing import Any

from ..meaning.policy import FieldPolicy, digest, is_untouched
from .nodes import Node

#: Model → the fields that make up what a row of it says.
_CONTENT = {
    "g2p.reg.id": ("value", "expiry_date"),
    "g2p.phone.number": ("phone_no",),
}


def key(row) -> str:
    """The name of a row: its model and id."""
    return f"{row._name},{row.id}"


def row_named(env, name: str):
    """The row of this name; it may have been deleted since."""
    model, row_id = name.split(",")
    return env[model].browse(int(row_id))


def plain_values(row, names: Iterable[str]) -> dict[str, Any]:
    """Field → value as JSON has it: dates as text, relations as ids."""
    return {name: _plain(row, name) for name in names}


def write_row(node: Node, row, changes: dict[str, Any]) -> None:
    """Change a row, and note in the changes of its registrant what it was before."""
    node.changes.note(key(row), plain_values(row, changes))
    row.write(changes)
    node.is_changed = True


def note_added(node: Node, row) -> None:
    """Note a new row, unless everything about its registrant is new."""
    if not node.is_new:
        node.changes.note_added(key(row))


def is_kept(policy: FieldPolicy, node: Node, row) -> bool:
    """Whether an ID or phone number is somebody else's word, and not for this import to change."""
    if policy is FieldPolicy.SOURCE_WINS:
        return False
    return not is_untouched(key(row), _said(row), node.applied)


def remember(node: Node, row) -> None:
    """Note for the link what an ID or phone number says now that the import has been at it."""
    node.applied[key(row)] = said_digest(row)


def said_digest(row) -> str:
    """Digest of all that an ID or phone number says."""
    return digest(key(row), _said(row))


def _said(row) -> str:
    return "\n".join(str(row[name]) for name in _CONTENT[row._name] if row[name])


def _plain(row, name: str) -> Any:
    value, field = row[name], row._fields[name]
    if field.relational:
        return sorted(value.ids) if field.type == "many2many" else value.id
    return str(value) if value and field.type in ("date", "datetime") else value
