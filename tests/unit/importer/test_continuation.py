"""Going on behind the rows that are here, while rows come and go at the source."""

from collections import Counter
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wire.client import SocialRegistry
from wire.continuation import go_on
from wire.errors import MovedRowsError, RefusalError
from wire.query import Page, RegistryQuery

from .support import HOUSEHOLDS, Tokens, credentials, failure, way_to

ROWS = 11
NAMES_ONLY = RegistryQuery("{ getRegistrants { name } }")


def row(number, **fields):
    ids = [{"id_type": "HOUSEHOLD NO", "value": str(number)}]
    return {"key": f"h{number}", "is_group": True, "name": f"H{number}", "reg_ids": ids, **fields}


def refused(number):
    """A row that the registry cannot render."""
    return row(number, reg_ids=[{"id_type": "HOUSEHOLD NO", "value": None}])


def populate(registry, *records):
    registry.put_registrants(list(records) or [row(number) for number in range(ROWS)])
    registry.clear_log()


def change(registry, gone=(), back=(), edited=(), new=()):
    """Delete, make active, rename and append rows at the source."""
    for number in gone:
        registry.delete_registrant(f"h{number}")
    changed = [row(n, active=True) for n in back] + [row(n, name=f"New H{n}") for n in edited]
    if changed or new:
        registry.patch_registrants([*changed, *(row(n) for n in new)])


def pages(registry, limit, query=HOUSEHOLDS, between=MappingProxyType({})):
    """The rows of each page, fetched as a run does.

    :param between: number of the page, from 0 → what happens at the source before it is fetched
    """
    fetched, offset = [], 0
    with SocialRegistry(way_to(registry.search_url, Tokens(credentials(registry)))) as source:
        is_last = False
        while not is_last:
            between.get(len(fetched), str)()
            found = go_on(source, query, Page(True, limit, offset), reversed(fetched))
            fetched.append(found.answer.records)
            offset = found.offset + len(found.answer.records)
            limit = max(1, found.most - 1) if found.most else limit
            is_last = found.is_last
            assert len(fetched) < 50, "it never ends"
    return fetched


def names(fetched):
    return [one and one["name"] for page in fetched for one in page]


def asked(registry):
    return [(one["offset"], one["limit"]) for one in registry.log()]


def all_but(*numbers):
    return [f"H{number}" for number in range(ROWS) if number not in numbers]


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 50])
def test_where_nothing_moves_every_page_costs_one_call(registry, limit):
    populate(registry)
    fetched = pages(registry, limit)
    assert names(fetched) == all_but()
    # At the end, one row may be asked for behind a page that is short by one.
    assert len(registry.log()) <= len(fetched) + 1


@pytest.mark.parametrize("limit", [2, 3])
@pytest.mark.parametrize("gone", [0, 3, 4, 5, 6, 10])
@pytest.mark.parametrize("number", [1, 2])
def test_a_row_that_goes_makes_no_other_row_missed_or_doubled(registry, limit, gone, number):
    populate(registry)
    fetched = pages(registry, limit, between={number: lambda: change(registry, gone=[gone])})
    was_there = gone < number * limit
    assert names(fetched) == (all_but() if was_there else all_but(gone))


@pytest.mark.parametrize(
    "gone", [(0, 1), (3, 4), (2, 3, 4, 5), (4, 5), (5, 6), (0, 4, 5, 6, 7, 10), range(1, 9)]
)
@pytest.mark.parametrize("limit", [1, 2, 3])
def test_any_number_of_rows_may_go(registry, gone, limit):
    populate(registry)
    page = -(-5 // limit)
    fetched = pages(registry, limit, between={page: lambda: change(registry, gone=gone)})
    assert names(fetched) == all_but(*(n for n in gone if n >= page * limit))


@pytest.mark.parametrize("page", [1, 2, 3])
def test_a_row_that_comes_in_front_makes_no_other_row_doubled(registry, page):
    populate(registry, *(row(number, active=number != 0) for number in range(ROWS)))
    fetched = pages(registry, 3, between={page: lambda: change(registry, back=[0])})
    assert names(fetched) == all_but(0)


def test_a_row_that_comes_at_the_end_is_fetched(registry):
    populate(registry)
    fetched = pages(registry, 3, between={2: lambda: change(registry, new=[ROWS])})
    assert names(fetched) == [*all_but(), f"H{ROWS}"]


@pytest.mark.parametrize("edited", [2, 5, 6])
def test_a_row_that_is_edited_is_fetched_once_and_costs_nothing(registry, edited):
    populate(registry)
    fetched = pages(registry, 3, between={2: lambda: change(registry, edited=[edited])})
    assert [name.removeprefix("New ") for name in names(fetched)] == all_but()
    assert len(registry.log()) <= len(fetched) + 1


def test_rows_without_identifier_that_are_edited_are_fetched_again_but_none_is_missed(registry):
    populate(registry)
    between = {2: lambda: change(registry, gone=[1], edited=[5])}
    fetched = pages(registry, 3, NAMES_ONLY, between)
    assert names(fetched) == [*all_but()[:6], "New H5", *all_but()[6:]]


@pytest.mark.parametrize("limit", [1, 2, 3])
@pytest.mark.parametrize("query", [HOUSEHOLDS, NAMES_ONLY])
def test_rows_that_say_exactly_the_same_all_come(registry, limit, query):
    twins = [row(number, name="H", reg_ids=row(0)["reg_ids"]) for number in range(7)]
    populate(registry, *twins)
    assert names(pages(registry, limit, query)) == ["H"] * 7


@pytest.mark.parametrize("limit", [1, 2, 3])
@pytest.mark.parametrize("bad", [(0,), (2,), (2, 5), (5, 6), (4, 5, 6, 7), (10,), range(3, 11)])
def test_rows_that_are_refused_keep_their_places(registry, limit, bad):
    populate(registry, *(refused(n) if n in bad else row(n) for n in range(ROWS)))
    assert names(pages(registry, limit)) == [None if n in bad else f"H{n}" for n in range(ROWS)]


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_a_registry_that_refuses_every_row_is_read_to_its_end(registry, limit):
    populate(registry, *(refused(n) for n in range(5)))
    assert names(pages(registry, limit)) == [None] * 5


def test_a_row_that_goes_behind_a_refused_one_makes_no_other_row_missed(registry):
    populate(registry, *(refused(n) if n == 5 else row(n) for n in range(ROWS)))
    fetched = pages(registry, 3, between={2: lambda: change(registry, gone=[1])})
    assert names(fetched) == [None if n == 5 else f"H{n}" for n in range(ROWS)]


@pytest.mark.parametrize("most", [1, 2, 3, 10, 11])
@pytest.mark.parametrize("limit", [1, 2, 3, 50])
def test_a_registry_that_sends_fewer_rows_at_a_time_is_read_to_its_end(registry, most, limit):
    populate(registry)
    registry.set_dials(most_rows=most)
    assert names(pages(registry, limit)) == all_but()


@pytest.mark.parametrize("bad", [(3,), (4, 5, 6, 7), (10,)])
@pytest.mark.parametrize("most", [1, 2, 3])
def test_bad_rows_behind_the_rows_it_sends_at_a_time_do_not_stop_it(registry, bad, most):
    populate(registry, *(refused(n) if n in bad else row(n) for n in range(ROWS)))
    registry.set_dials(most_rows=most)
    assert names(pages(registry, 50)) == [None if n in bad else f"H{n}" for n in range(ROWS)]


@pytest.mark.parametrize("limit", [1, 3, 50])
def test_a_registry_that_ignores_the_limit_sends_everybody_once(registry, limit):
    populate(registry)
    registry.set_dials(ignore_limit=True)
    assert names(pages(registry, limit)) == all_but()


@pytest.mark.parametrize("limit", [2, 3, 5])
def test_a_registry_that_ignores_the_offset_is_found_out_after_few_calls(registry, limit):
    populate(registry)
    registry.set_dials(repeat_page=True)
    assert "does not obey the offset" in str(failure(RefusalError, pages, registry, limit))
    assert len(registry.log()) == 3


@pytest.mark.parametrize("gone", [0, 5, 9])
def test_a_registry_with_an_order_of_its_own_loses_nobody_when_a_row_goes(registry, gone):
    populate(registry)
    registry.set_dials(ignore_order=True)
    fetched = pages(registry, 3, between={2: lambda: change(registry, gone=[gone])})
    assert set(names(fetched)) >= set(all_but(gone))
    assert max(Counter(names(fetched)).values()) == 1


def test_when_nobody_who_was_there_is_left_the_place_is_lost_in_words(registry):
    populate(registry)
    strangers = [row(100 + number) for number in range(ROWS)]
    between = {2: lambda: registry.put_registrants(strangers)}
    error = failure(MovedRowsError, pages, registry, 3, HOUSEHOLDS, between)
    assert "fetch again" in str(error)


def test_when_everybody_goes_the_place_is_lost(registry):
    populate(registry)
    between = {2: lambda: registry.put_registrants([])}
    failure(MovedRowsError, pages, registry, 3, HOUSEHOLDS, between)


def test_rows_that_moved_further_than_is_looked_are_lost_in_words(registry, monkeypatch):
    monkeypatch.setattr("wire.continuation._MOST_READS", 2)
    populate(registry)
    between = {9: lambda: change(registry, gone=range(8))}
    failure(MovedRowsError, pages, registry, 1, HOUSEHOLDS, between)


@st.composite
def stories(draw):
    """What happens to eleven rows before which page; no row is touched before its kind allows."""
    numbers = st.lists(st.integers(0, ROWS - 1), unique=True, max_size=6)
    happenings = st.fixed_dictionaries({"gone": numbers, "edited": numbers, "back": numbers})
    return draw(st.dictionaries(st.integers(1, 5), happenings, max_size=3))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(limit=st.integers(2, 4), story=stories(), away=st.sets(st.integers(0, ROWS - 1), max_size=3))
def test_whoever_is_there_all_the_time_is_fetched_once(registry, limit, story, away):
    populate(registry, *(row(n, active=n not in away) for n in range(ROWS)))
    gone = set()

    def happen(gone_now, edited, back):
        there = [n for n in range(ROWS) if n not in gone]
        change(
            registry,
            gone=[n for n in gone_now if n in there],
            edited=[n for n in edited if n in there and n not in gone_now],
            back=[n for n in back if n in there and n not in gone_now],
        )
        gone.update(n for n in gone_now if n in there)

    between = {
        page: lambda one=one: happen(one["gone"], one["edited"], one["back"])
        for page, one in story.items()
    }
    try:
        found = Counter(
            name.removeprefix("New ") for name in names(pages(registry, limit, between=between))
        )
    except MovedRowsError:
        # Allowed only when all that was fetched first is gone.
        assert gone | away >= set(range(limit))
        return
    assert max(found.values(), default=1) == 1
    assert {f"H{n}" for n in range(ROWS) if n not in gone | away} <= set(found)
