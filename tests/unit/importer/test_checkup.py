"""What the check-up finds out about pages, total, clock and schema."""

from datetime import UTC, datetime, timedelta

import pytest
from graphql import print_schema
from wire.checkup import CheckUp, Finding, Strategy, advise
from wire.checkup.questions import SAMPLE
from wire.errors import ConfigurationError, TemporaryError
from wire.introspection import fields_by_type, schema_of

from tests.servers.social_registry.schema import SCHEMA

from .checkups import HONEST, changed_households, checked, households
from .support import failure

YES, NO, UNKNOWN = Finding


@pytest.mark.parametrize("number", [3, SAMPLE - 1, SAMPLE, 2 * SAMPLE + 1])
def test_a_registry_that_gives_the_page_it_is_asked_for(registry, number):
    found = checked(registry, households(number), **HONEST)
    assert (found.obeys_limit, found.obeys_offset, found.obeys_order) == (YES, YES, YES)
    assert found.total_is_total is YES


@pytest.mark.parametrize("number", [3, SAMPLE, 2 * SAMPLE + 1])
@pytest.mark.parametrize(
    ("dial", "finding"),
    [
        ("ignore_limit", "obeys_limit"),
        ("repeat_page", "obeys_offset"),
        ("ignore_order", "obeys_order"),
    ],
)
def test_a_registry_that_ignores_an_argument(registry, number, dial, finding):
    people = [one | {"name": f"House {n:03}"} for n, one in enumerate(households(number))]
    found = checked(registry, people, **{dial: True})
    assert getattr(found, finding) is NO
    assert advise(found, is_group=True).strategy is Strategy.FULL


def test_a_registry_that_sends_few_rows_at_a_time_is_not_taken_for_a_small_one(registry):
    found = checked(registry, households(SAMPLE - 5), most_rows=5, **HONEST)
    assert (found.obeys_offset, found.obeys_order, found.total_is_total) == (YES, YES, YES)


@pytest.mark.parametrize("number", [3, SAMPLE, 2 * SAMPLE + 1])
def test_the_total_of_openg2p_is_the_size_of_a_page(registry, number):
    assert checked(registry, households(number)).total_is_total is NO


@pytest.mark.parametrize("shown", [0, 1, 7, 2 * SAMPLE, 2 * SAMPLE + 2, 10_000])
def test_a_total_that_is_wrong(registry, shown):
    found = checked(registry, households(2 * SAMPLE + 1), wrong_total=shown)
    assert found.total_is_total is NO


@pytest.mark.parametrize("people", [[], households(1)])
def test_too_few_people_to_see_anything(registry, people):
    found = checked(registry, people)
    paging = {found.obeys_limit, found.obeys_offset, found.obeys_order, found.total_is_total}
    assert paging == {UNKNOWN}
    assert advise(found, is_group=True).strategy is Strategy.FULL


def test_a_total_that_cannot_be_looked_at_behind_an_ignored_offset(registry):
    found = checked(registry, households(2 * SAMPLE), real_total=True, repeat_page=True)
    assert found.total_is_total is UNKNOWN


def test_rows_that_nobody_can_tell_apart(registry):
    people = [one | {"reg_ids": []} for one in households(3)]
    found = checked(registry, people)
    assert (found.obeys_offset, found.obeys_order) == (UNKNOWN, UNKNOWN)


@pytest.mark.parametrize("skew", [0, 5400, -86400])
def test_how_far_its_clock_is_from_ours(registry, skew):
    found = checked(registry, households(), clock=skew)
    assert found.shows_clock is YES
    assert abs(found.clock_skew - skew) < 10


@pytest.mark.parametrize("shown", ["", "no time", "2025-01-01T00:00:00Z"])
def test_no_clock_or_one_that_stands_still(registry, shown):
    found = checked(registry, households(), clock=shown)
    assert (found.shows_clock, found.clock_skew) == (NO, None)


def test_a_clock_that_shows_whole_seconds_does_not_stand_still(registry):
    now = datetime.now(UTC) + timedelta(seconds=1)
    found = checked(registry, households(), clock=now.isoformat(timespec="seconds"))
    assert found.shows_clock is YES


def test_the_schema_is_kept_whole_and_its_fields_can_be_listed(registry):
    text = checked(registry, []).schema
    assert print_schema(schema_of(text)) == text == print_schema(SCHEMA)
    schema = fields_by_type(text)
    assert schema["RegIds"] == {"idTypeAsStr": "String!", "value": "String!", "expiryDate": "Date"}
    assert schema["Partner"]["groupMembershipIds"] == "[GroupMembershipIds]"
    assert schema["Query"]["getRegistrants"] == "[Partner]!"
    assert not [name for name in schema if name.startswith("__")]


@pytest.mark.parametrize(
    "dials",
    [
        {"no_introspection": True},
        {"http_500": {"after": 8}},
        {"list_records": {"after": 8}},
        {"null_data": {"after": 8}},
    ],
)
def test_a_registry_that_does_not_show_its_schema_is_checked_all_the_same(registry, dials):
    found = checked(registry, changed_households(), **dials)
    assert found.schema is None
    assert found.sees_updates is NO


def test_a_question_that_is_refused_leaves_its_finding_unknown(registry):
    found = checked(registry, changed_households(), schema={"Query.totalRegistrantCount": None})
    assert (found.total_is_total, found.sees_updates) == (UNKNOWN, NO)
    assert "Cannot query field 'totalRegistrantCount'" in found.refusal


def test_a_registry_that_refuses_everything(registry):
    found = checked(registry, changed_households(), rjct=True)
    expected = CheckUp(refusal=found.refusal)
    assert found == expected
    assert "rjct.search_criteria.invalid" in found.refusal
    assert advise(found, is_group=True).strategy is Strategy.FULL


@pytest.mark.parametrize(
    ("dials", "kind"),
    [({"http_401": True}, ConfigurationError), ({"http_500": True}, TemporaryError)],
)
def test_a_registry_that_cannot_be_asked(registry, dials, kind):
    failure(kind, checked, registry, households(), **dials)


def test_questions_are_few_and_small(registry):
    registry.clear_log()
    checked(registry, households(200), **HONEST)
    limits = [search["limit"] for search in registry.log()]
    assert len(limits) <= 12
    assert max(limit or 0 for limit in limits) == SAMPLE


def test_no_name_is_asked_for(registry):
    registry.clear_log()
    checked(registry, changed_households())
    texts = [
        search["envelope"]["message"]["search_request"][0]["search_criteria"]["query"]
        for search in registry.log()
    ]
    assert not [text for text in texts if "getRegistrants" in text and "name" in text]
