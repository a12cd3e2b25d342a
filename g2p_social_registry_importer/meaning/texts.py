"""Texts of the wire as the database can hold them."""

import re
from typing import Any

#: PostgreSQL stores no NUL, and half a surrogate pair is no character.
_NUL = "\x00"
_HALF_A_PAIR = re.compile("[\ud800-\udfff]")


class ValueRefused(ValueError):
    """The value does not fit the field; the text says which rule it breaks."""


def as_text(value: Any) -> str:
    """A text that can be stored: without blanks around it and NUL; halves of a character marked.

    :raises ValueRefused: a structure, or true or false, which is how some say "empty"
    """
    if not isinstance(value, (str, int, float)) or isinstance(value, bool):
        raise ValueRefused("is not a text")
    text = str(value).replace(_NUL, "").strip()
    return text if text.isascii() else _HALF_A_PAIR.sub("\ufffd", text)


def is_blank(text: str) -> bool:
    """Whether nothing of the text would be stored."""
    return not text.replace(_NUL, "").strip()


def as_key(value: Any) -> str:
    """A text that records are told apart by: taken as it stands, or not at all; null is empty.

    :raises ValueRefused: not a text or a whole number, or it cannot be stored as it stands
    """
    if value is None:
        return ""
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        raise ValueRefused("is not a text")
    text = str(value)
    if _NUL in text or (not text.isascii() and _HALF_A_PAIR.search(text)):
        raise ValueRefused("holds characters that cannot be stored")
    return text.strip()
