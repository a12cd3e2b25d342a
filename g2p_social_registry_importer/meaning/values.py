"""One value of the wire, checked and turned into what a server field takes.

A refusal names the rule and never quotes the value, which is somebody's.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from .mapping import Target

_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+")
_TRUE_AND_FALSE = {"true": True, "false": False, "1": True, "0": False}


class ValueRefused(ValueError):
    """The value does not fit the field; the text says which rule it breaks."""


def convert(value: Any, target: Target) -> Any:
    """The value for the server field; None for a null or a blank text.

    :raises ValueRefused: it does not fit
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    return _CONVERTERS[target.type](value, target)


def as_date(value: Any, _target: Target | None = None) -> date:
    """A day from ``YYYY-MM-DD``, with or without a time behind it.

    :raises ValueRefused: no such day
    """
    try:
        return date.fromisoformat(str(value).strip()[:10])
    except ValueError as error:
        raise ValueRefused("is not a date written YYYY-MM-DD") from error


def as_datetime(value: Any, _target: Target | None = None) -> datetime:
    """A moment as naive UTC, which is how Odoo stores it; a day alone is its midnight.

    :raises ValueRefused: no such moment
    """
    try:
        moment = datetime.fromisoformat(str(value).strip())
    except ValueError as error:
        raise ValueRefused("is not a date and time in ISO 8601") from error
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _as_text(value: Any, target: Target) -> str:
    if isinstance(value, (dict, list)):
        raise ValueRefused("is a structure where a text is expected")
    text = str(value).strip().replace("\x00", "")
    if target.size and len(text) > target.size:
        raise ValueRefused(f"is longer than {target.size} characters")
    if target.name == "email" and not _EMAIL.fullmatch(text):
        raise ValueRefused("is not a single e-mail address")
    return text


def _as_selection(value: Any, target: Target) -> str:
    """By key, then by key or label without case: registries differ in capitals only too often."""
    choices = target.choices or {}
    if value in choices:
        return value
    wanted = str(value).strip().casefold()
    for key, label in choices.items():
        if wanted in (key.casefold(), label.casefold()):
            return key
    raise ValueRefused("is not on the list of this field")


def _as_boolean(value: Any, _target: Target) -> bool:
    if isinstance(value, bool):
        return value
    try:
        return _TRUE_AND_FALSE[str(value).strip().lower()]
    except KeyError as error:
        raise ValueRefused("is neither true nor false") from error


def _as_number(kind: type) -> Callable[[Any, Target], Any]:
    def converter(value: Any, _target: Target):
        try:
            return kind(value)
        except (TypeError, ValueError) as error:
            raise ValueRefused("is not a number") from error

    return converter


_CONVERTERS: dict[str, Callable[[Any, Target], Any]] = {
    "char": _as_text,
    "text": _as_text,
    "date": as_date,
    "datetime": as_datetime,
    "selection": _as_selection,
    "boolean": _as_boolean,
    "integer": _as_number(int),
    "float": _as_number(float),
}
