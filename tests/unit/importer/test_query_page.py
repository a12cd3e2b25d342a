"""What a page does to the text of a query."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wire.errors import QueryError
from wire.query import Page, RegistryQuery

from .pages import GROUPS, OWN, written
from .support import failure


def test_the_page_sets_target_limit_offset_and_order():
    assert written("{ getRegistrants { name } }") == f"{{getRegistrants({OWN}){{name}}}}"


def test_the_first_page_begins_at_the_first_row():
    assert "limit:7 offset:0" in written("{ getRegistrants { name } }", Page(True, 7))


def test_individuals_are_asked_for_as_such():
    assert "isGroup:false" in written("{ getRegistrants { name } }", Page(False, 1))


@pytest.mark.parametrize("name", ["limit", "offset", "order"])
def test_paging_arguments_of_the_author_are_refused_with_their_place(name):
    text = f'{{\n  getRegistrants(name: "x",\n    {name}: 5) {{ name }}\n}}'
    error = failure(QueryError, RegistryQuery, text)
    assert (error.line, error.column) == (3, 5)
    assert f"Remove {name}" in str(error)


def test_paging_arguments_given_by_a_variable_are_refused_too():
    failure(QueryError, RegistryQuery, "query($n: Int = 5) { getRegistrants(limit: $n) { name } }")


def test_a_fields_own_limit_is_not_the_page():
    text = "{ getRegistrants { name photos(limit: 2) { url } } }"
    assert "photos(limit:2)" in RegistryQuery(text).text_for_page(GROUPS)


@pytest.mark.parametrize("given_value", ["true", "null", "$group"])
def test_a_target_equal_to_the_imports_is_accepted_and_written_once(given_value):
    text = f"query($group: Boolean = true) {{ getRegistrants(isGroup: {given_value}) {{ name }} }}"
    if "$" not in given_value:
        text = text.replace("($group: Boolean = true)", "")
    assert written(text).count("isGroup") == 1


@pytest.mark.parametrize("is_group", [True, False])
def test_a_target_that_contradicts_the_import_is_refused(is_group):
    text = f"{{ getRegistrants(isGroup: {str(not is_group).lower()}) {{ name }} }}"
    error = failure(QueryError, RegistryQuery(text).for_page, Page(is_group, 1))
    assert "contradicts" in str(error)


def test_a_page_leaves_the_query_ready_for_the_next_one():
    query = RegistryQuery('{ getRegistrants(name: "x") { name } }')
    first = query.text_for_page(Page(True, 5, 0))
    assert "offset:5" in query.text_for_page(Page(True, 5, 5))
    assert query.text_for_page(Page(True, 5, 0)) == first


def test_other_arguments_stay_and_every_argument_is_there_once():
    text = '{ getRegistrants(gender: "F", isGroup: true, name: "a") { name } }'
    assert written(text) == f'{{getRegistrants(gender:"F" name:"a" {OWN}){{name}}}}'


def test_created_since_is_only_sent_when_asked_for():
    assert "lastSyncDate" not in written("{ getRegistrants { name } }")


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 3, 2, 8, 15), "2026-03-02T08:15:00.000Z"),
        (datetime(2026, 3, 2, 8, 15, 1, 987_654, UTC), "2026-03-02T08:15:01.987Z"),
        (
            datetime(2026, 3, 2, 0, 15, tzinfo=timezone(timedelta(hours=5, minutes=30))),
            "2026-03-01T18:45:00.000Z",
        ),
        (
            datetime(2026, 12, 31, 22, tzinfo=timezone(timedelta(hours=-9))),
            "2027-01-01T07:00:00.000Z",
        ),
    ],
)
def test_created_since_is_utc_whatever_its_zone(moment, text):
    page = Page(True, 1, created_since=moment)
    assert f'lastSyncDate:"{text}"' in written("{ getRegistrants { name } }", page)


BEFORE, LATER = datetime(2026, 3, 1), datetime(2026, 3, 3)


@pytest.mark.parametrize(
    ("cursor", "sent"),
    [
        (None, "2026-03-02T00:00:00.000Z"),
        (BEFORE, "2026-03-02T00:00:00.000Z"),
        (LATER, "2026-03-03T00:00:00.000Z"),
    ],
)
def test_a_date_of_the_author_counts_until_the_cursor_is_later(cursor, sent):
    text = '{ getRegistrants(lastSyncDate: "2026-03-02") { name } }'
    printed = written(text, Page(True, 1, created_since=cursor))
    assert f'lastSyncDate:"{sent}"' in printed
    assert printed.count("lastSyncDate") == 1


@pytest.mark.parametrize(
    "written_by_author", ["2026-03-02T05:30:00+05:30", "2026-03-02 00:00", "2026-03-02T00:00:00Z"]
)
def test_a_date_of_the_author_is_sent_as_utc_whatever_its_zone(written_by_author):
    text = f'{{ getRegistrants(lastSyncDate: "{written_by_author}") {{ name }} }}'
    assert 'lastSyncDate:"2026-03-02T00:00:00.000Z"' in written(text)


def test_a_date_of_the_author_may_come_from_a_variable():
    text = 'query($d: DateTime = "2026-03-02") { getRegistrants(lastSyncDate: $d) { name } }'
    assert 'lastSyncDate:"2026-03-02T00:00:00.000Z"' in written(text)
    assert "lastSyncDate" not in written(text.replace(' = "2026-03-02"', ""))


@pytest.mark.parametrize("value", ['"yesterday"', "20260302", "true", '""', '["2026-03-02"]'])
def test_a_date_of_the_author_that_is_none_is_refused_with_its_place(value):
    text = f"{{ getRegistrants(\n  lastSyncDate: {value}) {{ name }} }}"
    error = failure(QueryError, RegistryQuery, text)
    assert (error.line, error.column) == (2, 17)
    assert "Write lastSyncDate as a date or time" in str(error)


def test_no_date_at_all_is_no_date():
    text = "{ getRegistrants(lastSyncDate: null) { name } }"
    assert RegistryQuery(text).created_since is None


def test_a_moment_without_a_zone_is_utc_wherever_the_machine_stands(far_from_utc):
    page = Page(True, 1, created_since=datetime(2026, 3, 2, 8, 15))
    assert "2026-03-02T08:15:00.000Z" in written("{ getRegistrants { name } }", page)


@given(
    st.datetimes(
        min_value=datetime(1990, 1, 2), max_value=datetime(2200, 1, 1), timezones=st.timezones()
    )
)
def test_created_since_never_moves_forward(moment):
    page = Page(True, 1, created_since=moment)
    (sent,) = (a.value.value for a in page.arguments() if a.name.value == "lastSyncDate")
    assert sent.endswith("Z")
    assert timedelta(0) <= moment - datetime.fromisoformat(sent) < timedelta(milliseconds=1)
