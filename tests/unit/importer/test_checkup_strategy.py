"""The strategy chosen from what was found, and its reasons in words."""

import pytest
from wire.checkup import CheckUp, Finding, Strategy, advise

YES, NO, UNKNOWN = Finding
TRUSTED = CheckUp(
    obeys_limit=YES,
    obeys_offset=YES,
    obeys_order=YES,
    obeys_filter=YES,
    sees_new=YES,
    sees_updates=YES,
    sees_member_updates=YES,
    clock_skew=0.0,
    schema="type Query { getRegistrants: [String] }",
)


def test_only_a_registry_that_is_trusted_in_everything_is_asked_for_less():
    assert advise(TRUSTED, is_group=True).strategy is Strategy.INCREMENTAL


@pytest.mark.parametrize("doubt", [NO, UNKNOWN])
@pytest.mark.parametrize(
    "finding", ["obeys_limit", "obeys_offset", "obeys_order", "obeys_filter", "sees_new"]
)
def test_what_is_not_trusted_is_fetched_in_full(finding, doubt):
    found = CheckUp(**vars(TRUSTED) | {finding: doubt})
    assert advise(found, is_group=True).strategy is Strategy.FULL


@pytest.mark.parametrize("doubt", [NO, UNKNOWN])
@pytest.mark.parametrize("finding", ["sees_updates", "sees_member_updates"])
def test_changes_that_may_be_missed_need_a_full_pass_now_and_then(finding, doubt):
    found = CheckUp(**vars(TRUSTED) | {finding: doubt})
    assert advise(found, is_group=True).strategy is Strategy.INCREMENTAL_FULL


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Each run fetches who is new or changed"),
        ({"obeys_offset": NO, "sees_new": NO}, "only one page can be had and hides people"),
        ({"obeys_limit": UNKNOWN}, "could not be seen that the registry obeys the limit."),
        ({"sees_updates": NO}, "shows who is new, but not who was changed."),
        ({"total_is_total": NO}, "the importer does not use it."),
        ({"clock_skew": None}, "let the overlap be longer"),
        ({"clock_skew": 5400.0}, "Its clock is 90 minutes ahead of ours"),
        ({"clock_skew": -7200.0}, "Its clock is 2 hours behind ours"),
        ({"clock_skew": 42.0}, "Its clock is 42 seconds ahead of ours"),
        ({"schema": None}, "It does not show its schema"),
        ({"refusal": "No."}, "It declined a question: No."),
    ],
)
def test_the_reasons_are_said_in_words(changes, words):
    reasons = advise(CheckUp(**vars(TRUSTED) | changes), is_group=True).reasons
    assert words in reasons
    assert "  " not in reasons
