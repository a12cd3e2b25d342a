"""What was wrong in how 17.0 altered queries, by its number in the list of known defects."""

from datetime import datetime

import pytest
from graphql import parse, validate
from wire.errors import QueryError
from wire.query import Page, RegistryQuery

from tests.servers.social_registry.schema import SCHEMA

from .support import FIRST, criteria, failure, fetch, sent


def test_b04_a_limit_in_the_query_cannot_hide_the_rest():
    text = "{ getRegistrants(limit:2) { name } }"
    assert "limit" in str(failure(QueryError, RegistryQuery, text))


def test_b05_a_full_import_does_not_ask_by_creation_date(registry):
    assert "lastSyncDate" not in criteria(sent(registry))["query"]


@pytest.mark.parametrize("comment", ["# all of them", "#", "# {", '# "', '# """'])
def test_b06_trailing_comment_does_not_swallow_the_arguments(registry, comment):
    query = RegistryQuery(f"{{ getRegistrants {{ name }} }} {comment}")
    assert len(fetch(registry, query, Page(True, 2)).records) == 2


@pytest.mark.parametrize(
    "text",
    [
        'query Q($g: String = "x") { getRegistrants(gender: $g) { name } }',
        "{ people: getRegistrants { name regIds { value } } }",
        '{ getRegistrants ( # (\n name: "a(b" ) { name } }',
        "query Q { ... on Query { getRegistrants { ... { name } } } }",
        "{ totalRegistrantCount getRegistrants { name @include(if: true) } }",
        '{ getRegistrants(name: """(""") { name } }',
    ],
)
def test_b07_arguments_go_to_the_root_field_whatever_the_text_looks_like(text):
    printed = RegistryQuery(text).text_for_page(FIRST)
    assert validate(SCHEMA, parse(printed)) == []
    assert printed.count("limit:3") == printed.count("isGroup:true") == 1


def test_b07_a_target_the_author_wrote_is_not_doubled(registry):
    query = RegistryQuery("{ getRegistrants(isGroup: true) { name } }")
    assert criteria(sent(registry, query))["query"].count("isGroup") == 1


def test_b07_a_sync_date_the_author_wrote_is_not_doubled(registry):
    query = RegistryQuery('{ getRegistrants(lastSyncDate: "2026-01-01") { name } }')
    page = Page(True, 2, created_since=datetime(2025, 1, 1))
    assert criteria(sent(registry, query, page))["query"].count("lastSyncDate") == 1


def test_b07_a_query_for_something_else_is_refused():
    failure(QueryError, RegistryQuery, "{ getGroups(limit: 1) { name } }")


def test_b08_the_total_of_one_page_decides_nothing(registry):
    query = RegistryQuery("{ totalRegistrantCount getRegistrants { name } }")
    registry.set_dials(wrong_total=0)
    assert len(fetch(registry, query).records) == 3
    assert "totalRegistrantCount" not in criteria(sent(registry, query))["query"]
