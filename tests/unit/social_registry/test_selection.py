"""The short cut through graphql-core selects exactly what graphql-core itself would."""

from graphql import execute_sync, parse
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.servers.social_registry import population
from tests.servers.social_registry.listing import Listing
from tests.servers.social_registry.schema import SCHEMA, Call, SharedTotal
from tests.servers.social_registry.selection import SelectingExecutor
from tests.servers.social_registry.store import Store

STORE = Store()
population.fill(STORE, 8, 40, seed=2)


def with_breaks():
    """Return the same people, but with every sort of record that breaks a call."""
    store = Store()
    population.fill(store, 8, 40, seed=2)
    first, second, *_ = [one.key for one in store if not one.is_group]
    rows = [{"individual": first, "kinds": ["Head", "Parent"]}, {"individual": None}]
    store.put(
        [
            {"key": first, "reg_ids": [{"id_type": "NATIONAL ID"}]},
            {"key": second, "name": ""},
            {"key": "h", "is_group": True, "name": "H", "members": rows},
        ]
    )
    return store


BROKEN = with_breaks()

LEAVES = {
    "PartnerBase": ["name", "address", "birthdate", "createDate", "x: gender", "__typename"],
    "Partner": ["name", "address", "isGroup", "kind", "isPartialGroup", "y: name", "writeDate"],
    "RegIds": ["idTypeAsStr", "value", "expiryDate"],
    "PhoneNumberIds": ["phoneNo", "phoneSanitized", "disabled"],
    "GroupMembershipIds": ["createDate", "__typename"],
    "MemberKind": ["name"],
}
NESTED = {
    "PartnerBase": {"regIds": "RegIds", "phoneNumberIds": "PhoneNumberIds"},
    "Partner": {"regIds": "RegIds", "groupMembershipIds": "GroupMembershipIds"},
    "GroupMembershipIds": {"individual": "PartnerBase", "kind": "MemberKind"},
}


@st.composite
def selections(draw, kind="Partner"):
    """Draw a selection set with aliases, fragments, directives and repeated fields."""
    parts = draw(st.lists(st.sampled_from(LEAVES[kind]), min_size=1, max_size=5))
    for name, inner in NESTED.get(kind, {}).items():
        for _ in range(draw(st.integers(0, 2))):
            parts.append(f"{name} {draw(selections(inner))}")
    parts = [draw(st.sampled_from(WRAPPERS)).format(part=part, kind=kind) for part in parts]
    return f"{{ {' '.join(parts)} __typename }}"


WRAPPERS = [
    "{part}",
    "... on {kind} {{ {part} }}",
    "... @include(if: true) {{ {part} }}",
    "... @skip(if: true) {{ {part} }}",
]


def outcome(store, query, executor_class):
    call = Call(Listing(store), SharedTotal())
    result = execute_sync(SCHEMA, parse(query), context_value=call, executor_class=executor_class)
    return result.data, [(error.message, error.path) for error in result.errors or []]


@settings(max_examples=120, deadline=None)
@given(selection=selections(), store=st.sampled_from([STORE, BROKEN]))
def test_short_cut_and_plain_execution_agree(selection, store):
    query = f'{{ getRegistrants(order: "id", limit: 60) {selection} }}'
    assert outcome(store, query, SelectingExecutor) == outcome(store, query, None)
