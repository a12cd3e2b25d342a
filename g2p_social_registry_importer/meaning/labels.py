"""What a person finds a record by that cannot be read as a registrant."""

from typing import Any

from .lists import identifiers
from .records import label_of
from .texts import ValueRefused, as_text


def label(raw: Any) -> str:
    """The identifiers of a wire record, else its name, else nothing.

    :param raw: whatever the registry sent in place of a record
    """
    return (label_of(identifiers(raw, [])) or _name(raw)) if isinstance(raw, dict) else ""


def _name(raw: dict) -> str:
    try:
        return as_text(raw.get("name"))
    except ValueRefused:
        return ""
