"""IDs and phone numbers under the field policy: rows that somebody changed here."""

from ..meaning.policy import FieldPolicy, digest, is_untouched
from .nodes import Node


def is_kept(policy: FieldPolicy, node: Node, row, content: tuple[str, ...]) -> bool:
    """Whether the row is somebody else's word, and not for this import to change.

    :param content: names of the fields that make up what the row says
    """
    if policy is FieldPolicy.SOURCE_WINS:
        return False
    return not is_untouched(_key(row), _said(row, content), node.applied)


def remember_row(node: Node, row, content: tuple[str, ...]) -> None:
    """Note for the link what the row says now that the import has been at it."""
    node.applied[_key(row)] = digest(_key(row), _said(row, content))


def _key(row) -> str:
    return f"{row._name},{row.id}"


def _said(row, content: tuple[str, ...]) -> str:
    return "\n".join(str(row[name]) for name in content if row[name])
