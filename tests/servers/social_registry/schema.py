"""The GraphQL schema of the registry and the resolvers of its two root fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from graphql import GraphQLField, GraphQLResolveInfo, GraphQLSchema, build_schema
from graphql.type import assert_object_type

from .lies import HONEST, Lies
from .listing import Listing
from .records import Wire

SDL = """
scalar Date
scalar DateTime

type Query {
  getRegistrants(
    isGroup: Boolean, limit: Int, offset: Int, order: String, lastSyncDate: DateTime,
    name: String, givenName: String, familyName: String, addlName: String,
    registrationDate: String, address: String, email: String, birthPlace: String,
    birthdate: String, gender: String, createDate: String, writeDate: String,
    kind: String, phoneNumberIds: String, isPartialGroup: String
  ): [Partner]!
  totalRegistrantCount: Int
}

type PartnerBase { %(base)s }

type Partner {
  %(base)s
  groupMembershipIds: [GroupMembershipIds]
  isGroup: Boolean!
  kind: String
  isPartialGroup: Boolean
}

type RegIds { idTypeAsStr: String!, value: String!, expiryDate: Date }
type PhoneNumberIds { phoneNo: String, phoneSanitized: String, dateCollected: Date, disabled: Date }
type GroupMembershipIds {
  individual: PartnerBase, kind: MemberKind, createDate: Date, writeDate: Date
}
type MemberKind { name: String }
"""

PARTNER_BASE = """
  name: String!, givenName: String, familyName: String, addlName: String
  registrationDate: Date, address: String, email: String, birthPlace: String
  birthdate: Date, gender: String, regIds: [RegIds], phoneNumberIds: [PhoneNumberIds]
  createDate: Date, writeDate: Date
"""


class SharedTotal:
    """The one variable in which the real server keeps the row count of the last search."""

    rows: int | None = None


@dataclass
class Call:
    """What the resolvers of one execution share."""

    listing: Listing
    total: SharedTotal
    lies: Lies = HONEST
    listed: int | None = None
    # How many there are, which only a registry with a dial tells.
    matching: int | None = None
    # False once the answer holds a number that an earlier call left behind.
    repeatable: bool = True
    selectors: dict[int, Any] = field(default_factory=dict)


def resolve_registrants(_root, info: GraphQLResolveInfo, **arguments) -> list[Wire]:
    """Return one page and leave its length in the shared total."""
    call: Call = info.context
    given = {name: value for name, value in arguments.items() if value is not None}
    given = call.lies.bend(given)
    order, limit, offset = (given.pop(name, None) for name in ("order", "limit", "offset"))
    found = call.listing.page(given, order, limit or 0, offset or 0)
    if call.lies.real_total:
        call.matching = call.listing.count(given)
    call.listed = call.total.rows = len(found)
    return found


def resolve_total(_root, info: GraphQLResolveInfo) -> int:
    """Return the length of the last page anybody asked for. Raises NameError before any."""
    call: Call = info.context
    call.repeatable = call.repeatable and call.listed is not None
    if call.lies.shown_total is not None:
        return call.lies.shown_total
    if call.matching is not None:
        return call.matching
    if call.total.rows is None:
        raise NameError("name 'count' is not defined")
    return call.total.rows


def read_date_time(value: Any) -> datetime:
    """Read an ISO 8601 date or time; a zone is dropped, not converted. Raises ValueError."""
    if not isinstance(value, str):
        raise ValueError(f"DateTime cannot represent value: {value!r}")
    try:
        return datetime.fromisoformat(value).replace(tzinfo=None)
    except ValueError:
        raise ValueError(f"DateTime cannot represent value: {value!r}") from None


def _build() -> GraphQLSchema:
    schema = build_schema(SDL % {"base": PARTNER_BASE}, assume_valid=True)
    schema.query_type.fields["getRegistrants"].resolve = resolve_registrants
    schema.query_type.fields["totalRegistrantCount"].resolve = resolve_total
    schema.type_map["DateTime"].coerce_input_value = read_date_time
    return schema


def altered(alterations: Mapping[str, str | None]) -> GraphQLSchema:
    """Return the schema with other fields: "Type.field" and a scalar, or None to take it away.

    Raises ValueError for a type or a scalar that is not there.
    """
    return _altered(tuple(sorted(alterations.items())))


@lru_cache(maxsize=32)
def _altered(alterations: tuple[tuple[str, str | None], ...]) -> GraphQLSchema:
    schema = _build()
    for place, kind in alterations:
        owner, _, name = place.partition(".")
        if owner not in schema.type_map or (kind or "String") not in schema.type_map:
            raise ValueError(f"cannot alter {place!r} to {kind!r}")
        fields = assert_object_type(schema.type_map[owner]).fields
        fields.pop(name, None)
        if kind is not None:
            fields[name] = GraphQLField(schema.type_map[kind])
    return schema


def altered_names(names: Mapping[str, str]) -> GraphQLSchema:
    """Return the schema with other names for the root field and its arguments.

    `names` maps the usual name to the other one; an argument mapped to "" is taken away.
    """
    schema = _build()
    root = schema.query_type.fields.pop("getRegistrants")
    there = {name: names.get(name, name) for name in root.args}
    usual = {other: name for name, other in there.items() if other}
    root.args = {other: root.args[name] for name, other in there.items() if other}
    root.resolve = lambda *place, **given: resolve_registrants(
        *place, **{usual[name]: value for name, value in given.items()}
    )
    schema.query_type.fields[names.get("getRegistrants", "getRegistrants")] = root
    return schema


SCHEMA = altered({})
