"""One value of the wire, checked and turned into what a server field takes.

A refusal names the rule and never quotes the value, which is somebody's.
"""

import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from .mapping import Target
from .texts import ValueRefused, as_text, is_blank

_DAY = re.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ].*|Z|[+-][0-9]{2}:?[0-9]{2})?", re.DOTALL)
_LARGEST_INTEGER = 2**31 - 1
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+")
#: A registry takes no such day before it has come.
_OF_THE_PAST = frozenset({"birthdate", "registration_date"})
_TRUE_AND_FALSE = {"true": True, "false": False, "1": True, "0": False}


def convert(value: Any, target: Target, latest_day: date = date.max) -> Any:
    """The value for the server field; None for a null or a blank text.

    :param latest_day: no birth and no registration may be later
    :raises ValueRefused: it does not fit
    """
    if value is None or (isinstance(value, str) and is_blank(value)):
        return None
    converted = _CONVERTERS[target.type](value, target)
    if target.name in _OF_THE_PAST and target.type == "date" and converted > latest_day:
        raise ValueRefused("is in the future")
    return converted


def as_date(value: Any, _target: Target | None = None) -> date:
    """A day from ``YYYY-MM-DD``, with or without a time or a zone behind it.

    :raises ValueRefused: no such day
    """
    try:
        return date.fromisoformat(_iso(value)[1])
    except ValueError as error:
        raise ValueRefused("is not a date written YYYY-MM-DD") from error


def as_datetime(value: Any, _target: Target | None = None) -> datetime:
    """A moment as naive UTC, which is how Odoo stores it; a day alone is its midnight.

    :raises ValueRefused: no such moment
    """
    try:
        moment = datetime.fromisoformat(_iso(value)[0])
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    except (ValueError, OverflowError) as error:
        raise ValueRefused("is not a date and time in ISO 8601") from error


def _iso(value: Any) -> re.Match:
    """The whole of it, and the day as group 1. Python would also read weeks and bare digits."""
    found = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError("no ISO 8601 calendar date")
    return found


def _as_checked_text(value: Any, target: Target) -> str:
    text = as_text(value)
    if target.size and len(text) > target.size:
        raise ValueRefused(f"is longer than {target.size} characters")
    if target.name == "email" and not _EMAIL.fullmatch(text):
        raise ValueRefused("is not a single e-mail address")
    return text


def _as_selection(value: Any, target: Target) -> str:
    """By key, then by key or label without case: registries differ in capitals only too often."""
    choices = target.choices or {}
    text = as_text(value)
    if text in choices:
        return text
    wanted = text.casefold()
    for key, label in choices.items():
        if wanted in (key.casefold(), label.casefold()):
            return key
    raise ValueRefused("is not on the list of this field")


def _as_boolean(value: Any, _target: Target) -> bool:
    if isinstance(value, bool):
        return value
    try:
        return _TRUE_AND_FALSE[as_text(value).lower()]
    except (KeyError, ValueRefused) as error:
        raise ValueRefused("is neither true nor false") from error


def _as_integer(value: Any, target: Target) -> int:
    number = _as_float(value, target)
    if not number.is_integer():
        raise ValueRefused("is not a whole number")
    if abs(number) > _LARGEST_INTEGER:
        raise ValueRefused("is too large a number")
    return int(number)


def _as_float(value: Any, _target: Target) -> float:
    try:
        number = float(as_text(value))
    except ValueError as error:
        raise ValueRefused("is not a number") from error
    if not math.isfinite(number):
        raise ValueRefused("is not a number")
    return number


_CONVERTERS: dict[str, Callable[[Any, Target], Any]] = {
    "char": _as_checked_text,
    "text": _as_checked_text,
    "date": as_date,
    "datetime": as_datetime,
    "selection": _as_selection,
    "boolean": _as_boolean,
    "integer": _as_integer,
    "float": _as_float,
}
