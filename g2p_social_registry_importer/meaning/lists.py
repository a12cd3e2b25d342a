"""The lists inside a record: identifiers, phones, and the roles of a member."""

from collections.abc import Iterator
from typing import Any

from .problems import Code, Problem
from .records import Identifier, Phone, key_of
from .texts import ValueRefused, as_key
from .values import as_date, as_datetime

_IDENTIFIER_DETAILS = {"expiryDate": ("expiry_date", as_date)}
_PHONE_DETAILS = {
    "dateCollected": ("date_collected", as_date),
    "disabled": ("disabled", as_datetime),
}

#: Type and value of an ID, as matching compares them.
Key = tuple[str, str]


def rows(raw: dict, key: str, problems: list[Problem]) -> list[dict] | None:
    """The records listed under a key; None when the query did not ask for them."""
    found = raw.get(key)
    if found is not None and not isinstance(found, list):
        problems.append(bad_value(key, ValueRefused("is not a list")))
        return None
    return found if found is None else [row if isinstance(row, dict) else {} for row in found]


def identifiers(raw: dict, problems: list[Problem]) -> tuple[Identifier, ...] | None:
    """The IDs under ``regIds``, each once; None when the query did not ask for them."""
    listed = rows(raw, "regIds", problems)
    if listed is None:
        return None
    found: dict[tuple[str, str], Identifier] = {}
    for index, row in enumerate(listed):
        place = f"regIds[{index}]"
        id_type, value = _key(row, "idTypeAsStr"), _key(row, "value")
        if id_type and value:
            details = _details(row, _IDENTIFIER_DETAILS, place, problems)
            identifier = Identifier(id_type, value, details, index)
            found.setdefault(identifier.key, identifier)
        else:
            reason = "An identifier lacks a usable type or value; complete it at the source."
            problems.append(Problem(Code.INCOMPLETE_IDENTIFIER, place, reason))
    return tuple(found.values())


def keys(raw: dict) -> tuple[Key, ...]:
    """The keys of :func:`identifiers`, of a record in which nothing is wrong with them."""
    listed = raw.get("regIds") or ()
    found = (key_of(_key(row, "idTypeAsStr"), _key(row, "value")) for row in listed)
    return tuple(dict.fromkeys(found))


def keys_within(raw: Any) -> Iterator[Key]:
    """The keys of the IDs of a record and its members, whatever else is wrong with them.

    :param raw: whatever the registry sent in place of a record
    """
    if not isinstance(raw, dict):
        return
    for row in rows(raw, "regIds", []) or ():
        id_type, value = _key(row, "idTypeAsStr"), _key(row, "value")
        if id_type and value:
            yield key_of(id_type, value)
    for row in rows(raw, "groupMembershipIds", []) or ():
        yield from keys_within(row.get("individual"))


def phones(raw: dict, problems: list[Problem]) -> tuple[Phone, ...] | None:
    """The numbers under ``phoneNumberIds``, each once; None when nobody asked for them."""
    listed = rows(raw, "phoneNumberIds", problems)
    if listed is None:
        return None
    found: dict[str, Phone] = {}
    for index, row in enumerate(listed):
        place = f"phoneNumberIds[{index}]"
        if number := _key(row, "phoneNo"):
            details = _details(row, _PHONE_DETAILS, place, problems)
            found.setdefault(number, Phone(number, details))
        else:
            reason = "A phone lacks a usable number; complete it at the source."
            problems.append(Problem(Code.INVALID_VALUE, f"{place}.phoneNo", reason))
    return tuple(found.values())


def kinds(row: dict, place: str, problems: list[Problem]) -> tuple[str, ...] | None:
    """The names of a member's kinds; None when they were not asked for, or cannot be read.

    OpenG2P sends one object, others a list of objects or of names.
    """
    if "kind" not in row:
        return None
    sent = row["kind"] if isinstance(row["kind"], list) else [row["kind"]]
    try:
        names = [as_key(k.get("name") if isinstance(k, dict) else k) for k in sent]
    except ValueRefused as refusal:
        problems.append(bad_value(f"{place}.kind", refusal))
        return None
    return tuple(filter(None, names))


def bad_value(path: str, refusal: ValueRefused) -> Problem:
    """The problem of a value that does not fit its field."""
    return Problem(Code.INVALID_VALUE, path, f"The value {refusal}; the field was left out.")


def _key(row: dict, name: str) -> str:
    try:
        return as_key(row.get(name))
    except ValueRefused:
        return ""


def _details(row: dict, fields: dict, place: str, problems: list[Problem]) -> dict[str, Any]:
    details = {}
    for wire_field, (name, converter) in fields.items():
        if wire_field in row:
            try:
                details[name] = converter(row[wire_field]) if row[wire_field] else None
            except ValueRefused as refusal:
                problems.append(bad_value(f"{place}.{wire_field}", refusal))
    return details
