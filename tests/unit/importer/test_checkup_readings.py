"""Dates, rows and clocks as registries show them."""

from datetime import UTC, datetime, timedelta

import pytest
from wire.checkup import Finding
from wire.checkup.clock import Clock
from wire.checkup.paging import paging_findings
from wire.checkup.row import read_row, rested

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("created", "written", "is_rested"),
    [
        ("2026-03-02", "2026-03-02", False),
        ("2026-03-02", "2026-03-03", False),
        ("2026-03-02", "2026-03-04", True),
        ("2026-03-02T10:00:00", "2026-03-03T09:59:59", False),
        ("2026-03-02T10:00:00Z", "2026-03-03T12:00:00+02:00", True),
        ("2026-03-02T10:00:00.5", "2026-03-09", True),
        (None, "2026-03-09", False),
        ("2026-03-02", None, False),
        ("yesterday", "2026-03-09", False),
        (20260302, "2026-03-09", True),
        ("9999-12-31", "2026-03-09", False),
        ({}, [], False),
    ],
)
def test_a_day_must_lie_between_two_dates(created, written, is_rested):
    row = read_row({"createDate": created, "writeDate": written})
    assert rested(row, "created", "written") is is_rested


@pytest.mark.parametrize(
    "record",
    [
        None,
        "text",
        {"regIds": None, "groupMembershipIds": None},
        {"regIds": [None, {}, {"value": ""}], "groupMembershipIds": [None, {}]},
        {"regIds": {"value": "x"}, "groupMembershipIds": [{"individual": None}]},
    ],
)
def test_what_is_absent_or_odd_stays_empty(record):
    assert read_row(record) == read_row({})


def test_the_last_change_of_a_member_counts():
    dates = ("2026-03-02", "2026-03-09", None, "2026-03-05")
    members = [{"individual": {"writeDate": date}} for date in dates]
    row = read_row({"groupMembershipIds": members})
    assert row.members_written.start.date().isoformat() == "2026-03-09"


def test_the_skew_is_measured_in_the_middle_of_the_quickest_answer():
    clock = Clock()
    clock.note(NOON, NOON + 100 * SECOND, NOON + 60 * SECOND)
    clock.note(NOON, NOON + 31 * SECOND, NOON + 2 * SECOND)
    assert (clock.moves, clock.skew) == (True, 30.0)


def test_nothing_is_said_of_a_clock_before_there_is_an_answer():
    assert (Clock().moves, Clock().skew) == (None, None)


class Shuffled:
    """Questions to a registry that shows the same rows in another order each time."""

    def __init__(self, rows):
        self._rows = rows

    def rows(self, *, limit=25, offset=0, **_options):
        self._rows = [*self._rows[2:], *self._rows[:2]]
        return self._rows[offset : offset + limit]

    def total(self):
        return len(self._rows)


def test_an_order_that_is_another_one_each_time_is_not_obeyed():
    rows = [read_row({"regIds": [{"idTypeAsStr": "Card", "value": f"C-{n}"}]}) for n in range(5)]
    assert paging_findings(Shuffled(rows), rows)["obeys_order"] is Finding.NO
