"""Which registrants a search returns, and in which order: domain, order, limit and offset."""

import re
from collections import OrderedDict
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from .records import FLAGS, PLAIN_FIELDS, Registrant
from .store import Store

Criteria = dict[str, Any]
Test = Callable[[Registrant], bool]

DEFAULT_ORDER = "complete_name asc, id desc"
ORDER_TERM = re.compile(r"([a-z0-9_]+)(?:\s+(asc|desc))?", re.IGNORECASE)
KEPT_LISTS = 16

SORTABLE: dict[str, Callable[[Registrant], Any]] = {
    "id": lambda registrant: registrant.id,
    "create_date": lambda registrant: registrant.create_date,
    "write_date": lambda registrant: registrant.write_date,
    "kind": lambda registrant: registrant.kind,
    "active": lambda registrant: registrant.active,
    "disabled": lambda registrant: registrant.disabled,
    **{
        name: lambda registrant, field=field: registrant.wire[field]
        for name, field in (PLAIN_FIELDS | FLAGS).items()
    },
}
SORTABLE["complete_name"] = SORTABLE["display_name"] = SORTABLE["name"]


class Listing:
    """Pages of the store. Matched and sorted lists are kept until the store changes."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._version = store.version
        self._lists: OrderedDict[tuple, list[Registrant]] = OrderedDict()

    def page(self, criteria: Criteria, order: str | None, limit: int, offset: int):
        """Return the wire records of one page; `limit` 0 means all that follow.

        Raises ValueError for a bad order, a bad date or a negative number.
        """
        if limit < 0 or offset < 0:
            raise ValueError(f"{'LIMIT' if limit < 0 else 'OFFSET'} must not be negative")
        found = self._found(criteria, order or DEFAULT_ORDER)
        stop = offset + limit if limit else None
        return [registrant.wire for registrant in found[offset:stop]]

    def count(self, criteria: Criteria) -> int:
        """Return how many registrants match. Raises ValueError for a bad date."""
        return len(self._found(criteria, DEFAULT_ORDER))

    def _found(self, criteria: Criteria, order: str) -> list[Registrant]:
        if self._version != self.store.version:
            self._version = self.store.version
            self._lists.clear()
        key = (tuple(sorted(criteria.items())), order)
        if key not in self._lists:
            self._lists[key] = in_order(self._match(criteria), order)
            while len(self._lists) > KEPT_LISTS:
                self._lists.popitem(last=False)
        return self._lists[key]

    def _match(self, criteria: Criteria) -> list[Registrant]:
        tests = [criterion(name, value) for name, value in criteria.items()]
        return [one for one in self.store if one.active and all(test(one) for test in tests)]


def criterion(name: str, value: Any) -> Test:
    """Return the test that one argument of `getRegistrants` stands for. Raises ValueError."""
    if name in SPECIAL_CRITERIA:
        return SPECIAL_CRITERIA[name](value)
    return lambda registrant: registrant.wire[name] == value


def _created_after(moment: datetime) -> Test:
    return lambda registrant: registrant.create_date > moment


def _changed_after(moment: datetime) -> Test:
    return lambda registrant: registrant.write_date > moment


def _touched_after(moment: datetime) -> Test:
    def test(registrant: Registrant) -> bool:
        people = (row.person for row in registrant.members if row.person)
        return any(one.write_date > moment for one in (registrant, *people))

    return test


def _stamped(attribute: str) -> Callable[[str], Test]:
    def build(text: str) -> Test:
        moment = datetime.fromisoformat(text).replace(tzinfo=None)
        return lambda registrant: getattr(registrant, attribute) == moment

    return build


def _dated(field: str) -> Callable[[str], Test]:
    def build(text: str) -> Test:
        day = date.fromisoformat(text).isoformat()
        return lambda registrant: registrant.wire[field] == day

    return build


def _has_phone(number: str) -> Test:
    return lambda registrant: any(
        phone["phoneNo"] == number for phone in registrant.wire["phoneNumberIds"]
    )


SPECIAL_CRITERIA: dict[str, Callable[[Any], Test]] = {
    "lastSyncDate": _created_after,
    # The next three are no arguments: a dial puts them in the place of lastSyncDate.
    "changedSince": _changed_after,
    "touchedSince": _touched_after,
    "nobody": lambda _moment: lambda _registrant: False,
    "createDate": _stamped("create_date"),
    "writeDate": _stamped("write_date"),
    "birthdate": _dated("birthdate"),
    "registrationDate": _dated("registrationDate"),
    "phoneNumberIds": _has_phone,
    "kind": lambda name: lambda registrant: registrant.kind == name,
    # The real argument is a text compared with a Boolean column: any text but "" is true.
    "isPartialGroup": lambda text: lambda one: one.wire["isPartialGroup"] is bool(text),
}


def in_order(found: list[Registrant], order: str) -> list[Registrant]:
    """Sort by an ORM order text; like PostgreSQL, empty values are the largest.

    Raises ValueError for a malformed order or an unknown (or camelCase) field.
    """
    for column, descending in reversed(parse_order(order)):
        found.sort(key=_nulls_last(SORTABLE[column]), reverse=descending)
    return found


def _nulls_last(value: Callable[[Registrant], Any]) -> Callable[[Registrant], tuple]:
    def key(registrant: Registrant) -> tuple:
        got = value(registrant)
        return (True,) if got is None else (False, got)

    return key


def parse_order(order: str) -> list[tuple[str, bool]]:
    """Split `order` into (column, descending). Raises ValueError."""
    matches = [ORDER_TERM.fullmatch(term.strip()) for term in order.split(",")]
    if not all(matches):
        raise ValueError(f'Invalid "order" specified ({order}).')
    for match in matches:
        if match[1] not in SORTABLE:
            raise ValueError(f"Invalid field {match[1]!r} on model 'res.partner'")
    return [(match[1], (match[2] or "asc").lower() == "desc") for match in matches]
