"""Which texts are queries that can be imported, and what is said about the others."""

import pytest
from wire.errors import ConfigurationError, QueryError
from wire.query import RegistryQuery

from .support import failure


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("", 1, 1),
        ("  \n  # only a comment\n", 3, 1),
        ("{ getRegistrants { name }", 1, 26),
        ("{\n  getRegistrants {\n    name(\n  }\n}", 4, 3),
        ('{ getRegistrants(name: "open) { name } }', 1, 41),
        ("{ getRegistrants { 5 } }", 1, 20),
        ("{ getRegistrants { name } } }", 1, 29),
        ("getRegistrants { name }", 1, 1),
    ],
)
def test_a_syntax_error_has_line_and_column(text, line, column):
    error = failure(QueryError, RegistryQuery, text)
    assert (error.line, error.column) == (line, column)
    assert str(error).startswith(f"Line {line}, column {column}: ")
    assert "Syntax Error" not in str(error)


@pytest.mark.parametrize("nothing", [None, False, ""])
def test_an_empty_field_is_a_syntax_error(nothing):
    assert failure(QueryError, RegistryQuery, nothing).line == 1


def test_a_query_error_is_a_matter_of_configuration():
    assert issubclass(QueryError, ConfigurationError)


@pytest.mark.parametrize(
    "text",
    [
        "query A { getRegistrants { name } } query B { getRegistrants { name } }",
        "{ getRegistrants { name } } { getRegistrants { name } }",
        "mutation { getRegistrants { name } }",
        "subscription { getRegistrants { name } }",
        "query A { getRegistrants { name } } mutation B { getRegistrants { name } }",
    ],
)
def test_anything_but_one_query_is_refused(text):
    assert "exactly one query" in str(failure(QueryError, RegistryQuery, text))


def test_a_text_without_any_query_is_refused():
    text = "fragment F on Partner { name ...G } fragment G on Partner { name ...F }"
    failure(QueryError, RegistryQuery, text)


@pytest.mark.parametrize(
    "text",
    [
        "query { people: getRegistrants { name } }",
        "{ ... { getRegistrants { name } } }",
        "{ ... on Query @include(if: true) { getRegistrants { name } } }",
        "{ ...F } fragment F on Query { ...G } fragment G on Query { getRegistrants { name } }",
        "{ __typename getRegistrants { name } totalRegistrantCount }",
    ],
)
def test_one_list_is_found_through_aliases_and_fragments(text):
    assert RegistryQuery(text).root_paths() == {"name"}


def test_paths_resolve_aliases_and_fragments():
    text = """query Q { all: getRegistrants { n: name ...P
        groupMembershipIds { individual { ...B } kind { name } } } }
      fragment P on Partner { regIds { t: idTypeAsStr ... { value } } }
      fragment B on PartnerBase { givenName }"""
    assert RegistryQuery(text).root_paths() == {
        "name",
        "regIds",
        "regIds.idTypeAsStr",
        "regIds.value",
        "groupMembershipIds",
        "groupMembershipIds.individual",
        "groupMembershipIds.individual.givenName",
        "groupMembershipIds.kind",
        "groupMembershipIds.kind.name",
    }
