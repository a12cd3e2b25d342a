"""Queries written from picked fields, and fields picked from written queries."""

import pytest
from graphql import lexicographic_sort_schema, parse, print_schema, validate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wire.errors import QueryError
from wire.introspection import known_schema, schema_of
from wire.losses import Loss
from wire.offer import Filter, Offer, ValueUnfit
from wire.picking import read_query, write_query
from wire.query import RegistryQuery

from tests.servers.social_registry.schema import SCHEMA

from .random_queries import Wanted, queries
from .support import failure

OFFER = Offer(SCHEMA)
#: Losses that change the text of a query, but not what it asks for.
OF_FORM = {Loss.ALIASES, Loss.COMMENTS, Loss.FRAGMENTS, Loss.VARIABLES}
values = st.text(st.characters(exclude_categories=["C"]), min_size=1).map(str.strip).filter(bool)


def test_the_schema_that_is_known_beforehand_is_that_of_openg2p():
    known, shown = (lexicographic_sort_schema(one) for one in (known_schema(), SCHEMA))
    assert print_schema(known) == print_schema(shown)


def test_everything_a_member_has_is_on_offer_but_no_member_of_a_member():
    assert "groupMembershipIds.individual.regIds.value" in OFFER.fields
    assert "groupMembershipIds.kind.name" in OFFER.fields
    assert not [path for path in OFFER.fields if path.count("groupMembershipIds") > 1]
    assert "regIds" not in OFFER.fields


def test_what_only_the_importer_sets_is_no_filter():
    assert {"isGroup", "limit", "offset", "order"}.isdisjoint(OFFER.filters)
    assert {"address", "gender", "birthdate", "lastSyncDate"} <= OFFER.filters.keys()


ODD = """
enum Area { NORTH SOUTH }
input Range { from: Int }
union Any = Person | House
interface Named { name: String }
type House { street: String }
type Query { getRegistrants(area: Area, age: Int, share: Float, poor: Boolean!, born: Range,
    tags: [String]): [Person!]! }
type Person implements Named { name: String, photo(size: Int!): String, spouse: Person,
    home: House, other: Any, boss: Named, tags: [String!] }
"""


def test_a_schema_of_another_kind_is_read_as_far_as_ticks_go():
    offer = Offer(schema_of(ODD))
    assert offer.fields == ("name", "tags", "home.street", "boss.name")
    assert offer.filters == {
        "area": Filter("area", "Area", ("NORTH", "SOUTH")),
        "age": Filter("age", "Int"),
        "share": Filter("share", "Float"),
        "poor": Filter("poor", "Boolean"),
    }


def test_where_everything_leads_to_everything_the_offer_ends():
    names = "abcdefghij"
    fields = " ".join(f"{n}: {n.upper()} x{n}: Int" for n in names)
    types = " ".join(f"type {n.upper()} {{ {fields} }}" for n in names)
    assert len(Offer(schema_of(f"{types} type Query {{ getRegistrants: [A] }}")).fields) == 400


@pytest.mark.parametrize("text", ["type Query { other: Int }", "type T { a: Int }"])
def test_a_schema_without_registrants_offers_nothing(text):
    offer = Offer(schema_of(text))
    assert (offer.fields, offer.filters) == ((), {})


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("area", " north ", "NORTH"),
        ("age", "5", 5),
        ("share", "0.5", 0.5),
        ("poor", "Yes", True),
        ("poor", "false", False),
    ],
)
def test_what_is_typed_becomes_a_value_of_the_type(name, typed, value):
    assert Offer(schema_of(ODD)).filters[name].value(typed) == value


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("area", "NORTH, SOUTH"),
        ("age", "a whole number"),
        ("share", "a number"),
        ("poor", "true or false"),
    ],
)
def test_what_does_not_fit_is_refused_by_what_would(name, words):
    assert words in str(failure(ValueUnfit, Offer(schema_of(ODD)).filters[name].value, "West"))


def test_a_query_reads_well():
    fields = ["groupMembershipIds.individual.name", "name", "regIds.value", "regIds.idTypeAsStr"]
    assert write_query(OFFER, fields, {"address": 'Kisumu "East"'}) == (
        '{\n  getRegistrants(address: "Kisumu \\"East\\"") {\n    name\n    regIds {\n'
        "      idTypeAsStr\n      value\n    }\n    groupMembershipIds {\n      individual {\n"
        "        name\n      }\n    }\n  }\n}"
    )


def test_choices_and_numbers_are_written_as_such():
    offer = Offer(schema_of(ODD))
    text = write_query(offer, ["name"], {"area": "NORTH", "age": 5, "poor": True})
    assert "getRegistrants(area: NORTH, age: 5, poor: true)" in text
    assert read_query(offer, text).filters == {"area": "NORTH", "age": "5", "poor": "true"}


@settings(max_examples=300)
@given(
    st.sets(st.sampled_from(OFFER.fields), min_size=1),
    st.dictionaries(
        st.sampled_from(sorted(OFFER.filters.keys() - {"lastSyncDate"})), values, max_size=4
    ),
)
def test_what_is_picked_is_written_and_read_back_without_loss(fields, filters):
    """300 examples."""
    text = write_query(OFFER, fields, filters)
    assert validate(SCHEMA, parse(text)) == []
    picked = read_query(OFFER, text)
    assert (picked.fields, picked.filters, picked.losses) == (fields, filters, {})


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(queries())
def test_any_written_query_is_read_and_nothing_is_lost_without_a_word(wanted: Wanted):
    """300 examples of random_queries: either it is said what is lost, or it asks for the same."""
    picked = read_query(OFFER, wanted.text)
    if not picked.fields or picked.losses.keys() - OF_FORM:
        return
    values = {name: OFFER.filters[name].value(text) for name, text in picked.filters.items()}
    query = RegistryQuery(write_query(OFFER, picked.fields, values))
    assert query.root_paths() == {p for p in wanted.paths if not p.endswith("__typename")}
    assert picked.filters == {n: v for n, v in wanted.arguments.items() if n != "isGroup"}


@pytest.mark.parametrize(
    ("text", "loss", "names"),
    [
        ("{ getRegistrants { name shoeSize photo { url } } }", Loss.FIELDS, "photo.url shoeSize"),
        ("{ getRegistrants(name: null) { name } }", Loss.FILTERS, "name"),
        ('{ getRegistrants(name: " x") { name } }', Loss.FILTERS, "name"),
        ("{ getRegistrants(name: [1]) { name } }", Loss.FILTERS, "name"),
        ('{ getRegistrants(shoe: "a") { name } }', Loss.FILTERS, "shoe"),
        ("{ getRegistrants { name(short: true) } }", Loss.ARGUMENTS, "name"),
        ("{ getRegistrants { name @skip(if: false) } }", Loss.DIRECTIVES, "@skip"),
        ("query($x: Int = 1) { getRegistrants { name } }", Loss.VARIABLES, "$x"),
        ("{ getRegistrants { ...F } } fragment F on Partner { name }", Loss.FRAGMENTS, "F"),
        ("{ people: getRegistrants { n: name } }", Loss.ALIASES, "people n"),
        ("{ getRegistrants { name } } #x", Loss.COMMENTS, "#x"),
    ],
)
def test_what_cannot_be_picked_is_named(text, loss, names):
    assert read_query(OFFER, text).losses == {loss: tuple(names.split())}


def test_what_the_importer_sets_anyway_is_no_loss():
    text = "query Q { getRegistrants(isGroup: true) { name __typename } totalRegistrantCount }"
    picked = read_query(OFFER, text)
    assert (picked.fields, picked.filters, picked.losses) == ({"name"}, {}, {})


def test_a_text_that_is_no_query_cannot_be_read():
    assert failure(QueryError, read_query, OFFER, "{ getRegistrants {").line == 1
