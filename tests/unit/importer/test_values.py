"""Values of each type: what is taken, and what becomes a problem."""

from datetime import date, datetime

import pytest
from meaning.mapping import Target
from meaning.problems import Code
from meaning.values import ValueRefused, convert

from .readers import person, problem_of, read, value_of
from .support import CANARY

NESTED = {"a": [CANARY]}


@pytest.mark.parametrize(
    ("field", "sent", "taken"),
    [
        ("name", "  Otieno household ", "Otieno household"),
        ("name", "ናትናኤል 安 आरती 👪", "ናትናኤል 安 आरती 👪"),
        ("name", "a\x00b\x00", "ab"),
        ("name", "half \ud83d", "half \ufffd"),
        ("address", "Plot 9\nKisumu", "Plot 9\nKisumu"),
        ("address", 42, "42"),
        ("address", 4.5, "4.5"),
        ("birth_place", "x" * 10, "x" * 10),
        ("email", "a.b+c@mail.example.test", "a.b+c@mail.example.test"),
        ("birthdate", "1984-07-19", date(1984, 7, 19)),
        ("birthdate", " 1984-07-19 ", date(1984, 7, 19)),
        ("birthdate", "1984-07-19T23:30:00", date(1984, 7, 19)),
        ("birthdate", "1984-07-19 23:30:00.5+05:30", date(1984, 7, 19)),
        ("birthdate", "1984-07-19T23:30:00Z", date(1984, 7, 19)),
        ("birthdate", "1984-07-19+05:30", date(1984, 7, 19)),
        ("birthdate", "2024-02-29", date(2024, 2, 29)),
        ("last_visit", "2026-03-02T08:15:01", datetime(2026, 3, 2, 8, 15, 1)),
        ("last_visit", "2026-03-02T08:15:01Z", datetime(2026, 3, 2, 8, 15, 1)),
        ("last_visit", "2026-03-02T08:15:01+05:30", datetime(2026, 3, 2, 2, 45, 1)),
        ("last_visit", "2026-03-02 08:15:01-09:00", datetime(2026, 3, 2, 17, 15, 1)),
        ("last_visit", "2026-03-02", datetime(2026, 3, 2)),
        ("gender", "female", "female"),
        ("gender", "FEMALE", "female"),
        ("gender", " Female ", "female"),
        ("gender", "m", "M"),
        ("gender", "MALE", "M"),
        ("gender", "hijra / अन्य", "3"),
        ("gender", 3, "3"),
        ("is_partial_group", True, True),
        ("is_partial_group", False, False),
        ("is_partial_group", "TRUE", True),
        ("is_partial_group", " false ", False),
        ("is_partial_group", 1, True),
        ("is_partial_group", "0", False),
        ("household_size", 5, 5),
        ("household_size", "5", 5),
        ("household_size", 5.0, 5),
        ("household_size", 0, 0),
        ("household_size", -(2**31) + 1, -(2**31) + 1),
        ("income", 12, 12.0),
        ("income", "12.50", 12.5),
        ("income", 0, 0.0),
    ],
)
def test_a_value_that_fits_is_taken(field, sent, taken):
    found = value_of(field, sent)
    assert found == taken
    assert type(found) is type(taken)


@pytest.mark.parametrize(
    ("field", "sent", "rule"),
    [
        ("address", NESTED, "is not a text"),
        ("address", [CANARY], "is not a text"),
        ("address", False, "is not a text"),
        ("address", True, "is not a text"),
        ("birthPlace", f"{CANARY} by the lake", "is longer than 10 characters"),
        ("email", CANARY, "is not a single e-mail address"),
        ("email", f"{CANARY}@", "is not a single e-mail address"),
        ("email", f"{CANARY}@localhost", "is not a single e-mail address"),
        ("email", f"{CANARY}@a.example.test, b@a.example.test", "is not a single e-mail address"),
        ("email", f"Amara <{CANARY}@a.example.test>", "is not a single e-mail address"),
        ("email", f"{CANARY}@example..", "is not a single e-mail address"),
        ("birthdate", CANARY, "is not a date"),
        ("birthdate", "19/07/1984", "is not a date"),
        ("birthdate", "1984-02-30", "is not a date"),
        ("birthdate", "1984-07", "is not a date"),
        ("birthdate", "1984-07-199", "is not a date"),
        ("birthdate", f"1984-07-19{CANARY}", "is not a date"),
        ("birthdate", "1984-W29-4", "is not a date"),
        ("birthdate", "19840719", "is not a date"),
        ("birthdate", "१९८४-०७-१९", "is not a date"),
        ("birthdate", 19840719, "is not a date"),
        ("birthdate", 459043200, "is not a date"),
        ("birthdate", False, "is not a date"),
        ("birthdate", [CANARY], "is not a date"),
        ("lastVisit", CANARY, "is not a date and time"),
        ("lastVisit", "2026-03-02T25:00:00", "is not a date and time"),
        ("lastVisit", "0001-01-01T00:00:00+05:00", "is not a date and time"),
        ("lastVisit", 1772439301, "is not a date and time"),
        ("lastVisit", NESTED, "is not a date and time"),
        ("gender", CANARY, "is not on the list"),
        ("gender", [CANARY], "is not a text"),
        ("gender", NESTED, "is not a text"),
        ("gender", False, "is not a text"),
        ("isPartialGroup", CANARY, "is neither true nor false"),
        ("isPartialGroup", 2, "is neither true nor false"),
        ("isPartialGroup", [CANARY], "is neither true nor false"),
        ("householdSize", CANARY, "is not a number"),
        ("householdSize", 2.5, "is not a whole number"),
        ("householdSize", True, "is not a number"),
        ("householdSize", 2**31, "is too large a number"),
        ("householdSize", float("inf"), "is not a number"),
        ("householdSize", [CANARY], "is not a number"),
        ("income", CANARY, "is not a number"),
        ("income", float("nan"), "is not a number"),
        ("income", "-inf", "is not a number"),
        ("income", 10**400, "is not a number"),
        ("income", NESTED, "is not a number"),
    ],
)
def test_a_bad_value_is_a_problem_with_its_path_and_rule_and_is_never_quoted(field, sent, rule):
    problem = problem_of(person(**{field: sent}))
    assert (problem.code, problem.field) == (Code.INVALID_VALUE, field)
    assert problem.reason.startswith(f"The value {rule}")
    assert CANARY not in repr(problem)
    assert str(sent) not in problem.reason


def test_a_moment_without_a_zone_is_utc_wherever_the_machine_stands(far_from_utc):
    assert value_of("last_visit", "2026-03-02T08:15:01") == datetime(2026, 3, 2, 8, 15, 1)


def test_a_key_as_it_stands_goes_before_one_in_other_capitals():
    target = Target("grade", "selection", {"A": "First", "a": "Second", "b": "A"})
    assert [convert(sent, target) for sent in ("A", "a", "B")] == ["A", "a", "b"]


def test_a_long_text_is_taken_where_there_is_no_limit():
    assert len(value_of("address", "long " * 100_000)) == 499_999


def test_a_very_deep_structure_is_a_problem_and_not_a_crash():
    deep = []
    for _ in range(100_000):
        deep = [deep]
    for field in ("address", "birthdate", "lastVisit", "gender", "income", "isPartialGroup"):
        assert problem_of(person(**{field: deep})).field == field
    while deep:
        deep = deep.pop()


def test_a_problem_leaves_the_other_fields_alone():
    registrant = read(person(birthdate="soon", address="Plot 9"))
    assert registrant.values == {"name": "OTIENO, AMARA", "address": "Plot 9"}


@pytest.mark.parametrize("name", ["birthdate", "registration_date"])
def test_a_day_to_come_is_refused_where_it_has_to_be_past(name):
    today = date(2026, 3, 2)
    assert convert("2026-03-02", Target(name, "date"), today) == today
    with pytest.raises(ValueRefused, match="in the future"):
        convert("2026-03-03", Target(name, "date"), today)


def test_another_day_may_be_to_come():
    target = Target("next_visit", "date")
    assert convert("2190-01-01", target, date(2026, 3, 2)) == date(2190, 1, 1)


def test_a_field_of_that_name_that_is_no_date_is_left_alone():
    target = Target("birthdate", "char")
    assert convert("2190-01-01", target, date(2026, 3, 2)) == "2190-01-01"
