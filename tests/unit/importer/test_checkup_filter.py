"""What the check-up finds out about the changed-since filter."""

import pytest
from wire.checkup import Finding, Strategy, advise
from wire.checkup.questions import SAMPLE

from .checkups import LATER, RECENT, changed_households, checked, households, someone

YES, NO, UNKNOWN = Finding


def test_the_filter_of_openg2p_shows_only_who_is_new(registry):
    found = checked(registry, changed_households())
    assert (found.obeys_filter, found.sees_new, found.sees_updates) == (YES, YES, NO)
    assert advise(found, is_group=True).strategy is Strategy.INCREMENTAL_FULL


def test_a_filter_that_shows_who_was_changed(registry):
    found = checked(registry, changed_households(), filter="updates")
    assert (found.obeys_filter, found.sees_new, found.sees_updates) == (YES, YES, YES)


def test_a_registry_without_the_filter(registry):
    found = checked(registry, changed_households(), filter="ignored")
    assert (found.obeys_filter, found.sees_updates) == (NO, UNKNOWN)
    assert advise(found, is_group=True).strategy is Strategy.FULL


def test_a_filter_that_shows_nobody(registry):
    found = checked(registry, changed_households(), filter="nobody")
    assert (found.obeys_filter, found.sees_new, found.sees_updates) == (YES, NO, NO)
    assert advise(found, is_group=True).strategy is Strategy.FULL


@pytest.mark.parametrize(
    "people",
    [
        households(3),
        [one | {"reg_ids": []} for one in changed_households()],
        [one | {"write_date": "2024-01-06T23:00:00"} for one in households(3)],
    ],
    ids=["nobody was changed", "who was changed has no ID", "changed on the next day"],
)
def test_without_somebody_to_see_it_by_nobody_knows(registry, people):
    found = checked(registry, people, filter="updates")
    assert found.sees_updates is UNKNOWN
    assert advise(found, is_group=True).strategy is Strategy.INCREMENTAL_FULL


def test_a_time_zone_of_the_registry_does_not_mislead(registry):
    """Created late in the evening, shown as the next day; the filter knows only creation."""
    people = households(2, create_date="2024-01-05T20:00:00", write_date="2024-01-08T01:00:00")
    assert checked(registry, people).sees_updates is NO
    assert checked(registry, people, filter="updates").sees_updates is YES


@pytest.mark.parametrize(("meaning", "finding"), [("created", NO), ("updates", YES)])
def test_among_many_who_are_new(registry, meaning, finding):
    new = households(2 * SAMPLE, create_date=RECENT, write_date=RECENT)
    changed = someone(999, is_group=True, write_date=RECENT)
    assert checked(registry, [changed, *new], filter=meaning).sees_updates is finding


def test_among_many_who_were_changed(registry):
    people = households(2 * SAMPLE, write_date=RECENT)
    assert checked(registry, people, filter="updates").sees_updates is YES
    assert checked(registry, people).sees_updates is NO


def test_among_so_many_who_were_changed_that_it_is_on_a_later_page(registry):
    people = households(2 * SAMPLE, write_date="2024-06-05T20:00:00")
    latest = someone(999, is_group=True, create_date=LATER, write_date="2024-06-06T10:00:00")
    assert checked(registry, [*people, latest], filter="updates").sees_updates is YES
    assert checked(registry, [*people, latest]).sees_updates is NO


def test_who_was_changed_in_the_first_second_of_a_day_is_seen(registry):
    people = households(3, write_date="2024-03-05T00:00:00")
    assert checked(registry, people, filter="updates").sees_updates is YES


def test_a_row_the_registry_stumbles_over_does_not_hide_the_others(registry):
    bad = someone(50, is_group=True) | {"reg_ids": [{"id_type": "Card", "value": None}]}
    found = checked(registry, [bad, *changed_households()], filter="updates")
    assert (found.obeys_order, found.sees_updates, found.refusal) == (YES, YES, "")


@pytest.mark.parametrize(("meaning", "finding"), [("updates", NO), ("members", YES)])
def test_a_household_of_which_only_a_member_was_changed(registry, meaning, finding):
    people = [
        someone(90, write_date=RECENT),
        *changed_households()[:2],
        someone(7, is_group=True, members=[{"individual": "k90", "kinds": []}]),
    ]
    found = checked(registry, people, filter=meaning)
    assert (found.sees_updates, found.sees_member_updates) == (YES, finding)
    chosen = Strategy.INCREMENTAL if finding is YES else Strategy.INCREMENTAL_FULL
    assert advise(found, is_group=True).strategy is chosen


def test_a_changed_member_among_many_changed_households(registry):
    people = [
        someone(900, write_date=RECENT),
        someone(901, is_group=True, members=[{"individual": "k900", "kinds": []}]),
        *households(2 * SAMPLE, write_date=RECENT),
    ]
    assert checked(registry, people, filter="members").sees_member_updates is YES
    assert checked(registry, people, filter="updates").sees_member_updates is NO


def test_members_do_not_matter_for_individuals(registry):
    people = [someone(1, write_date=LATER), someone(2, create_date=RECENT, write_date=RECENT)]
    found = checked(registry, people, is_group=False, filter="updates")
    assert (found.sees_updates, found.sees_member_updates) == (YES, UNKNOWN)
    assert advise(found, is_group=False).strategy is Strategy.INCREMENTAL
    assert advise(found, is_group=True).strategy is Strategy.INCREMENTAL_FULL
