"""Fetching a whole registry, page by page."""

from datetime import UTC, datetime, timedelta

import pytest
from wire.client import SocialRegistry
from wire.errors import RefusalError
from wire.query import Page, RegistryQuery

from .answers import answer
from .peers import Reply, serving
from .support import HOUSEHOLDS, Tokens, credentials, failure, fetch, fetch_at, way_to

PEOPLE = RegistryQuery("{ getRegistrants { name isGroup } }")


def everything(registry, query, limit, *, is_group=True):
    """All rows, the way a run asks for them: until a page is short."""
    rows, offset = [], 0
    tokens = Tokens(credentials(registry))
    with SocialRegistry(way_to(registry.search_url, tokens)) as source:
        while True:
            page = source.fetch(query, Page(is_group, limit, offset)).records
            rows += page
            offset += limit
            if len(page) < limit:
                return rows


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 100])
def test_all_pages_together_are_the_whole_registry_whatever_their_size(registry, limit):
    rows = everything(registry, HOUSEHOLDS, limit)
    assert len({row["regIds"][0]["value"] for row in rows}) == len(rows) == 7
    assert all(row["isGroup"] for row in rows)


def test_the_target_decides_who_comes(registry):
    rows = everything(registry, PEOPLE, 50, is_group=False)
    assert len(rows) == registry.truth()["individuals"]
    assert not any(row["isGroup"] for row in rows)


def test_a_page_behind_the_end_is_empty(registry):
    assert fetch(registry, page=Page(True, 5, offset=1000)).records == []


def test_rows_keep_the_registrys_order_and_names(registry):
    query = RegistryQuery("{ all: getRegistrants { called: name ids: regIds { v: value } } }")
    rows = fetch(registry, query, Page(True, 4)).records
    assert all(list(row) == ["name", "regIds"] for row in rows)
    assert (
        rows
        == fetch(registry, query, Page(True, 2)).records
        + fetch(registry, query, Page(True, 2, 2)).records
    )


def test_only_those_created_since_a_moment_are_asked_for(registry):
    registry.put_registrants(
        [
            {"key": "old", "is_group": True, "name": "Old", "create_date": "2026-01-01T10:00:00"},
            {"key": "new", "is_group": True, "name": "New", "create_date": "2026-01-01T12:00:00"},
        ]
    )
    since = datetime(2026, 1, 1, 11, tzinfo=UTC)
    rows = fetch(registry, PEOPLE, Page(True, 10, created_since=since)).records
    assert [row["name"] for row in rows] == ["New"]


def test_the_registrys_clock_comes_with_every_page(registry):
    answered_at = fetch(registry).answered_at
    assert answered_at.utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - answered_at) < timedelta(minutes=1)


def test_a_registry_that_sends_a_plain_list_is_understood(registry):
    rows = fetch(registry).records
    registry.set_dials(list_records=True)
    assert fetch(registry).records == rows


def test_a_null_where_the_list_should_be_is_a_refusal(registry):
    registry.set_dials(null_records=True)
    assert "no list of getRegistrants" in str(failure(RefusalError, fetch, registry))


@pytest.mark.parametrize("records", [{}, {"registrants": []}, {"getRegistrants": {"name": "x"}}])
def test_records_without_the_list_are_a_refusal(records):
    with serving(Reply(200, answer(data={"reg_records": records}))) as peer:
        failure(RefusalError, fetch_at, peer.url)


def test_empty_rows_are_handed_on_for_the_reader_to_report():
    with serving(Reply(200, answer(data={"reg_records": [None, {"name": "x"}]}))) as peer:
        assert fetch_at(peer.url).records == [None, {"name": "x"}]
