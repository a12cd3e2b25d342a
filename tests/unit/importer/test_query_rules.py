"""What no registry would accept shows when the query is written."""

import pytest
from wire.errors import QueryError
from wire.query import RegistryQuery

from .support import failure


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


@pytest.mark.parametrize("name", ["getRegistrant", "getregistrants", "get_registrants"])
def test_a_slip_of_the_pen_is_told_from_a_query_for_something_else(name):
    error = failure(QueryError, RegistryQuery, f"{{ {name} {{ name }} }}")
    assert f"Write getRegistrants instead of {name}." in str(error)
    assert "instead" not in str(failure(QueryError, RegistryQuery, "{ getTags { id } }"))


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
