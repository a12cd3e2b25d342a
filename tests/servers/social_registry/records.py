"""Registrants, and how an explicit record (snake_case) becomes what goes over the wire."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

Wire = dict[str, Any]

PLAIN_FIELDS = {
    "name": "name",
    "given_name": "givenName",
    "family_name": "familyName",
    "addl_name": "addlName",
    "registration_date": "registrationDate",
    "address": "address",
    "email": "email",
    "birth_place": "birthPlace",
    "birthdate": "birthdate",
    "gender": "gender",
}
FLAGS = {"is_group": "isGroup", "is_partial_group": "isPartialGroup"}
STAMPS = {"create_date": "createDate", "write_date": "writeDate"}
FIELDS = {
    "key",
    "kind",
    "reg_ids",
    "phones",
    "members",
    "disabled",
    "active",
    *PLAIN_FIELDS,
    *FLAGS,
    *STAMPS,
}


@dataclass(slots=True, eq=False)
class Membership:
    """One member row of a household; `ended` ones still go over the wire."""

    person: "Registrant | None"
    kinds: list[str]
    wire: Wire
    ended: str | None = None


@dataclass(slots=True, eq=False)
class Registrant:
    """One individual or group; `wire` holds its GraphQL fields, ready to be selected from."""

    id: int
    key: str
    wire: Wire
    create_date: datetime
    write_date: datetime
    kind: str | None = None
    active: bool = True
    disabled: str | None = None
    members: list[Membership] = field(default_factory=list)
    groups: set["Registrant"] = field(default_factory=set)

    @property
    def is_group(self) -> bool:
        return self.wire["isGroup"]

    def touch(self, moment: datetime) -> None:
        """Take `moment` (naive UTC) as the time of the last change."""
        self.write_date = moment
        self.wire["writeDate"] = moment.date().isoformat()

    def list_members(self) -> None:
        """Bring the wire list in line with `members`: like the real model, newest row first."""
        self.wire["groupMembershipIds"] = [member.wire for member in reversed(self.members)]


_kind_numbers = itertools.count(1)


@cache
def kind_number(_name: str) -> int:
    """Return the row number of a kind: the order of first use."""
    return next(_kind_numbers)


def utc_now() -> datetime:
    """Return the present moment, naive UTC, as the registry's database stores it."""
    return datetime.now(UTC).replace(tzinfo=None)


def parse_moment(text: str) -> datetime:
    """Read an ISO 8601 text into naive UTC. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def empty_wire() -> Wire:
    """Return the wire form of a registrant about whom nothing is known."""
    wire = dict.fromkeys(PLAIN_FIELDS.values())
    return wire | {
        "isGroup": False,
        "isPartialGroup": False,
        "kind": group_kind(None),
        "regIds": [],
        "phoneNumberIds": [],
        "groupMembershipIds": [],
        "createDate": None,
        "writeDate": None,
    }


def group_kind(name: str | None) -> str:
    """Return what the real server shows instead of a group kind: the record's debug form."""
    return f"g2p.group.kind({kind_number(name)},)" if name else "g2p.group.kind()"


def member_kind(names: list[str]) -> Wire:
    """Return the MemberKind object; reading the name of two kinds at once raises."""
    if len(names) > 1:
        rows = ", ".join(str(kind_number(name)) for name in names)
        return {"name": ValueError(f"Expected singleton: g2p.group.membership.kind({rows})")}
    return {"name": names[0] if names else None}


def reg_id(row: Wire) -> Wire:
    """Return the wire form of an identifier; a missing value stays None and breaks the call."""
    return {
        "idTypeAsStr": row["id_type"],
        "value": row.get("value") or None,
        "expiryDate": row.get("expiry_date"),
    }


def phone(row: Wire) -> Wire:
    """Return the wire form of a phone number; `disabled` loses its time of day."""
    number, disabled = row.get("phone_no"), row.get("disabled")
    return {
        "phoneNo": number,
        "phoneSanitized": row.get("phone_sanitized", sanitized(number)),
        "dateCollected": row.get("date_collected"),
        "disabled": disabled[:10] if disabled else None,
    }


def sanitized(number: str | None) -> str | None:
    """Return an international number in E.164, or None for a local one."""
    if not number or not number.startswith("+"):
        return None
    return "+" + "".join(filter(str.isdigit, number))


def newest_first(rows: Iterable[Wire]) -> list[Wire]:
    """Return rows in the real model's order (id desc), given in order of creation."""
    return list(rows)[::-1]
