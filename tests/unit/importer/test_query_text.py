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
        "{ getRegistrants { name } again: getRegistrants { gender } }",
        "{ getRegistrants { name } ...F } fragment F on Query { getRegistrants { gender } }",
        "{ getRegistrants { name } ... { x: getRegistrants { name } } }",
        "{ ...F ...F } fragment F on Query { getRegistrants { name } }",
        "{ a: getRegistrants { name } b: getRegistrants { name } }",
    ],
)
def test_two_lists_of_registrants_are_refused_however_they_are_written(text):
    assert "found 2 times" in str(failure(QueryError, RegistryQuery, text))


@pytest.mark.parametrize("text", ["{ __typename }", "{ totalRegistrantCount }"])
def test_a_query_for_something_else_is_refused(text):
    assert "found 0 times" in str(failure(QueryError, RegistryQuery, text))


@pytest.mark.parametrize(
    "text",
    [
        "{ getRegistrants { name } getTags { id } }",
        "{ getRegistrants { name } ... on Query { x: getTags { id } } }",
        "{ getRegistrants { name } __schema { types { name } } getTags { id } }",
    ],
)
def test_what_would_not_be_imported_is_named(text):
    assert "getTags" in str(failure(QueryError, RegistryQuery, text))


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


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("{\n  getRegistrants\n}", 2, 3),
        ("{\n  getRegistrants { }\n}", 2, 18),
        ("{ getRegistrants { name\n regIds { } } }", 2, 9),
        ("{ }", 1, 1),
    ],
)
def test_a_level_without_fields_is_refused_at_its_place(text, line, column):
    error = failure(QueryError, RegistryQuery, text)
    assert (error.line, error.column) == (line, column)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{ getRegistrants { ...F } }", "Unknown fragment 'F'"),
        ("{ getRegistrants { regIds { ...F } } }", "Unknown fragment 'F'"),
        ("{ getRegistrants { name } } fragment F on Partner { name }", "never used"),
        ("{ getRegistrants { ...F } } fragment F on Partner { regIds { ...F } }", "within itself"),
        (
            "{ getRegistrants { ...F } } fragment F on Partner { ...G } "
            "fragment G on Partner { ...F }",
            "within itself",
        ),
        (
            "{ getRegistrants { ...F } } fragment F on Partner { name } "
            "fragment F on Partner { gender }",
            "only one fragment named 'F'",
        ),
        ('{ getRegistrants(name: "a", name: "b") { name } }', "only one argument named 'name'"),
        ("type T { a: Int } { getRegistrants { name } }", "not executable"),
    ],
)
def test_what_no_registry_would_accept_shows_when_it_is_written(text, words):
    error = failure(QueryError, RegistryQuery, text)
    assert words in str(error)
    assert error.line == 1
    assert error.column


@pytest.mark.parametrize(
    "text",
    [
        "{ getRegistrants " + "{ a " * 5000 + "}" * 5001,
        "{ getRegistrants(name: " + "[" * 5000 + "]" * 5000 + ") { name } }",
        "query($a: " + "[" * 5000 + "Int" + "]" * 5000 + ") { getRegistrants { name } }",
    ],
)
def test_a_document_nested_without_end_is_refused_in_words(text):
    assert "nested too deeply" in str(failure(QueryError, RegistryQuery, text))


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
