"""A hash that changes exactly when a record says something else.

Identifiers, phones and members are compared as sets, because a registry sends them in no
particular order. What the query did not ask for is left out, so that a wider query makes every
record new once, as it should.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from .records import Registrant

#: Raise it when the same record is to be applied again because the importer now does more with it,
#: or reads it differently.
VERSION = 1


def fingerprint(registrant: Registrant) -> str:
    """40 hexadecimal digits over all content of the registrant, members included."""
    content = {
        "version": VERSION,
        "is_group": registrant.is_group,
        "values": registrant.values,
        "identifiers": _set(registrant.identifiers, lambda i: [*i.key, i.details]),
        "phones": _set(registrant.phones, lambda p: [p.phone_no, p.details]),
        "members": _set(registrant.members, lambda m: [m.person.fingerprint, _kinds(m.kinds)]),
        "problems": sorted([p.code, p.field] for p in registrant.problems),
    }
    return hashlib.sha256(_text(content).encode()).hexdigest()[:40]


def _set(items: tuple | None, describe) -> list[str] | None:
    return None if items is None else sorted(_text(describe(item)) for item in items)


def _kinds(kinds: tuple[str, ...] | None) -> list[str] | None:
    return None if kinds is None else sorted(kind.casefold() for kind in kinds)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"A fingerprint cannot hold a {type(value).__name__}")


#: Made once: ``json.dumps`` would make one for each text.
_text = json.JSONEncoder(sort_keys=True, default=_plain).encode
