"""One row the registry cannot render does not keep the others out."""

import pytest
from wire.bad_rows import fetch_page
from wire.client import SocialRegistry
from wire.errors import ConfigurationError, QueryRefusal, RefusalError, TemporaryError
from wire.query import Page, RegistryQuery

from .support import HOUSEHOLDS, Tokens, credentials, failure, way_to

ROWS = 11


def populate(registry, *bad):
    """Households H0, H1, …; those in `bad` hold an ID without value."""
    registry.put_registrants(
        [
            {
                "key": f"h{number}",
                "is_group": True,
                "name": f"H{number}",
                "reg_ids": [
                    {"id_type": "HOUSEHOLD NO", "value": None if number in bad else str(number)}
                ],
            }
            for number in range(ROWS)
        ]
    )
    registry.clear_log()


def fetched(registry, page, query=HOUSEHOLDS):
    transport = way_to(registry.search_url, Tokens(credentials(registry)))
    with SocialRegistry(transport) as source:
        return fetch_page(source, query, page)


def names(answer):
    return [row and row["name"] for row in answer.records]


@pytest.mark.parametrize("limit", [1, 3, 8, 50])
@pytest.mark.parametrize("bad", [(), (0,), (ROWS - 1,), (3, 7, 8), range(ROWS)])
def test_every_good_row_comes_in_its_place_and_every_bad_one_says_why(registry, limit, bad):
    populate(registry, *bad)
    found, refusals, offset = [], {}, 0
    while offset <= ROWS:
        answer = fetched(registry, Page(True, limit, offset))
        found += names(answer)
        refusals |= {offset + place: words for place, words in answer.refusals.items()}
        offset += limit
    assert found == [None if row in bad else f"H{row}" for row in range(ROWS)]
    assert set(refusals) == set(bad)
    assert all("RegIds.value" in words for words in refusals.values())


def test_a_page_without_trouble_costs_one_call(registry):
    populate(registry)
    assert fetched(registry, Page(True, 50)).refusals == {}
    assert len(registry.log()) == 1


def test_one_bad_row_costs_few_calls(registry):
    populate(registry, 4)
    fetched(registry, Page(True, 16))
    assert len(registry.log()) <= 2 + 2 * 4


def test_the_registrys_clock_is_told_with_such_a_page_too(registry):
    populate(registry, 4)
    assert fetched(registry, Page(True, 16)).answered_at is not None


def test_a_query_that_is_to_blame_itself_is_refused_at_once(registry):
    populate(registry)
    query = RegistryQuery("{ getRegistrants { name age } }")
    error = failure(QueryRefusal, fetched, registry, Page(True, 50), query)
    assert "age" in str(error)
    assert len(registry.log()) == 2


def test_so_many_bad_rows_that_they_are_the_rule_are_refused(registry, monkeypatch):
    monkeypatch.setattr("wire.bad_rows._MOST_BAD_ROWS", 3)
    populate(registry, 0, 2, 4)
    assert len(fetched(registry, Page(True, 50)).refusals) == 3
    populate(registry, 0, 2, 4, 6)
    failure(QueryRefusal, fetched, registry, Page(True, 50))


@pytest.mark.parametrize(
    ("dials", "kind"),
    [
        ({"http_500": True}, TemporaryError),
        ({"html": True}, ConfigurationError),
        ({"rjct": "item"}, RefusalError),
    ],
)
def test_other_failures_are_not_searched_for_bad_rows(registry, dials, kind):
    populate(registry)
    registry.set_dials(**dials)
    failure(kind, fetched, registry, Page(True, 50))
    assert len(registry.log()) == 1


def test_trouble_on_the_way_gives_the_page_up_for_another_try(registry):
    populate(registry, 4)
    registry.set_dials(http_500={"after": 3})
    failure(TemporaryError, fetched, registry, Page(True, 16))
