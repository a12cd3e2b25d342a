"""Whose value stands when the registry here and the source differ.

What an import wrote is remembered as digests, field by field. A field whose value has another
digest now was changed by somebody else: a person, or another import.
"""

import hashlib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

#: What tells people apart who have no ID.
_WHO = ("name", "birthdate")
#: Enough to notice a change; an attack on the hash would gain nothing, the value is next to it.
_DIGEST_BYTES = 4

Digests = Mapping[str, str]


class FieldPolicy(StrEnum):
    """What an import may do to a registrant that is here already. The value is stored."""

    SOURCE_WINS = "source_wins"
    FILL_EMPTY = "fill_empty"
    KEEP_LOCAL = "keep_local"


def digest(field: str, value: Any) -> str:
    """A short hash of a field's value; all empty values (None, False, "", 0) have the same."""
    text = f"{field}\n{value or ''}".encode()
    return hashlib.blake2b(text, digest_size=_DIGEST_BYTES).hexdigest()


def is_untouched(field: str, value: Any, applied: Digests) -> bool:
    """Whether the value is still what was applied last, or empty if nothing ever was."""
    return digest(field, value) == applied.get(field, digest(field, None))


def is_who_was_applied(values: Mapping[str, Any], applied: Digests) -> bool:
    """Whether name and birth date are those that were applied last.

    :param values: what the source says, field by field
    """
    return "name" in applied and all(
        digest(field, values.get(field)) == applied.get(field, digest(field, None))
        for field in _WHO
    )


def may_replace(policy: FieldPolicy, field: str, value: Any, applied: Digests) -> bool:
    """Whether the value that a field has here may give way to that of the source."""
    if policy is FieldPolicy.FILL_EMPTY:
        return not value
    return policy is FieldPolicy.SOURCE_WINS or is_untouched(field, value, applied)


def values_to_write(
    policy: FieldPolicy, wanted: Mapping[str, Any], current: Any, applied: Digests
) -> dict[str, Any]:
    """Those of the wanted values that differ and may be written.

    :param current: gives the value a field has here, as ``current[field]``
    :param applied: field → digest of what was applied last
    """
    return {
        field: value
        for field, value in wanted.items()
        if current[field] != value and may_replace(policy, field, current[field], applied)
    }


def digests(current: Any, fields: Iterable[str]) -> dict[str, str]:
    """Field → digest of the value it has here.

    :param current: see :func:`values_to_write`
    """
    return {field: digest(field, current[field]) for field in fields}
