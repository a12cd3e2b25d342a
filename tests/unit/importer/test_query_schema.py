"""A query compared with the schema a registry has shown."""

import pytest
from graphql import FieldNode, Visitor, build_schema, parse, visit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wire.errors import QueryError
from wire.introspection import schema_of
from wire.query import Page, RegistryQuery
from wire.schema_check import check_against_schema

from tests.servers.social_registry.schema import SCHEMA

from .random_queries import Wanted, queries
from .support import failure

EXAMPLES = 300
GROUPS = Page(is_group=True, limit=1)


def refusal(text, schema=SCHEMA, page=GROUPS) -> QueryError:
    return failure(QueryError, check_against_schema, RegistryQuery(text), page, schema)


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("{ getRegistrants {\n  nmae } }", 2, 3, "Did you mean 'name'"),
        ("{ getRegistrants {\n  given_name } }", 2, 3, "Did you mean 'givenName'"),
        ("{ getRegistrants { name regIds { id } } }", 1, 34, "Cannot query field 'id' on type"),
        (
            "{ getRegistrants { name ...F } }\nfragment F on Partner { gendre }",
            2,
            25,
            "Did you mean 'gender'",
        ),
        ("{ getRegistrants { name ...F } }\nfragment F on Partners { name }", 2, 15, "'Partner'"),
        ('{ getRegistrants(adress: "x") { name } }', 1, 18, "Did you mean 'address'"),
        ('{ getRegistrants(regIds: "x") { name } }', 1, 18, "Unknown argument 'regIds'"),
        ("{ getRegistrants(name: 5) { name } }", 1, 24, "String cannot represent"),
        ("{ getRegistrants { regIds } }", 1, 20, "must have a selection of subfields"),
        ("{ getRegistrants { name { first } } }", 1, 25, "must not have a selection"),
        (
            "query($x: Int = 5) { getRegistrants(name: $x) { name } }",
            1,
            17,
            "String cannot represent",
        ),
    ],
)
def test_what_the_registry_would_refuse_is_shown_with_its_place(text, line, column, words):
    error = refusal(text)
    assert words in str(error)
    assert str(error).startswith(f"Line {line}, column {column}: ")


def test_each_of_several_errors_has_a_line_of_its_own_up_to_five():
    error = refusal("{ getRegistrants { a b c\n d e f } }")
    lines = str(error).splitlines()
    assert len(lines) == 5
    assert lines[3].startswith("Line 2, column 2: Cannot query field 'd'")


def test_an_alias_does_not_hide_a_field_that_is_not_there():
    assert "'nmae'" in str(refusal("{ getRegistrants { name: nmae } }"))


def test_a_field_asked_for_in_two_ways_is_refused_as_the_registry_would():
    schema = schema_of("""type Query { getRegistrants(
        isGroup: Boolean, limit: Int, offset: Int, order: String): [P] }
        type P { photo(size: Int): String }""")
    error = refusal("{ getRegistrants { a: photo(size: 1) b: photo(size: 2) } }", schema)
    assert "they have differing arguments" in str(error)


def test_arguments_of_the_importer_that_the_registry_lacks_are_named_without_a_place():
    schema = build_schema("type Query { getRegistrants(limit: Int): [P] } type P { name: String }")
    error = refusal("{ getRegistrants { name } }", schema)
    assert error.line is None
    assert "Unknown argument 'isGroup'" in str(error)


def test_arguments_the_registry_does_not_get_are_not_looked_for():
    schema = build_schema("""type Query { getRegistrants(limit: Int, offset: Int): [P] }
        type P { name: String }""")
    query = RegistryQuery("{ getRegistrants { name } }")
    check_against_schema(query, GROUPS, schema, {"isGroup", "order"})
    written = RegistryQuery('{ getRegistrants(kind: "x") { name } }')
    with pytest.raises(QueryError, match="'kind'"):
        check_against_schema(written, GROUPS, schema, {"isGroup", "order", "kind"})


def test_an_argument_the_registry_needs_is_named():
    schema = build_schema("""type Query { getRegistrants(isGroup: Boolean, limit: Int, offset: Int,
        order: String, district: String!): [P] } type P { name: String }""")
    error = refusal("{ getRegistrants { name } }", schema)
    assert "'String!' is required" in str(error)


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(queries())
def test_whatever_the_registry_accepts_is_accepted(wanted: Wanted):
    """300 examples of random_queries."""
    check_against_schema(RegistryQuery(wanted.text), Page(wanted.is_group, 1), SCHEMA)


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(queries(), st.data())
def test_a_misspelt_field_is_always_found_where_it_stands(wanted: Wanted, data):
    """300 examples: one of the fields of a random query has a letter too many."""
    node = data.draw(st.sampled_from(_Fields.of(wanted.text)), label="field")
    end = node.name.loc.end
    query = RegistryQuery(f"{wanted.text[:end]}x{wanted.text[end:]}")
    error = failure(QueryError, check_against_schema, query, Page(wanted.is_group, 1), SCHEMA)
    place = node.loc.source.get_location(node.loc.start)
    assert (error.line, error.column) == (place.line, place.column)
    assert f"Cannot query field '{node.name.value}x'" in str(error)


class _Fields(Visitor):
    """The fields of registrants, wherever in the text they stand."""

    def __init__(self):
        super().__init__()
        self.found: list[FieldNode] = []

    @classmethod
    def of(cls, text: str) -> list[FieldNode]:
        reader = cls()
        visit(parse(text), reader)
        return reader.found

    def enter_field(self, node: FieldNode, *_args):
        if node.name.value not in ("getRegistrants", "totalRegistrantCount", "__typename"):
            self.found.append(node)
