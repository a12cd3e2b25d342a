"""Identifiers and phones."""

from datetime import date, datetime

import pytest
from meaning.problems import Code
from meaning.records import Identifier, Phone

from .readers import person, problem_of, read
from .support import CANARY


def identifiers(*rows):
    registrant = read(person(regIds=list(rows)))
    assert registrant.problems == ()
    return registrant.identifiers


def phones(*rows):
    registrant = read(person(phoneNumberIds=list(rows)))
    assert registrant.problems == ()
    return registrant.phones


def national_id(value, **details):
    return {"idTypeAsStr": "NATIONAL ID", "value": value, **details}


def test_an_identifier_keeps_type_value_and_expiry():
    (found,) = identifiers(national_id(" N-550 ", expiryDate="2030-01-31"))
    assert found == Identifier("NATIONAL ID", "N-550", {"expiry_date": date(2030, 1, 31)})


def test_an_expiry_not_asked_for_is_left_alone_and_a_null_clears_it():
    assert identifiers(national_id("1"))[0].details == {}
    assert identifiers(national_id("1", expiryDate=None))[0].details == {"expiry_date": None}


def test_identifiers_are_told_apart_by_type_without_case_and_by_value_as_it_is():
    found = identifiers(
        national_id("n-1"),
        {"idTypeAsStr": "National ID", "value": "n-1"},
        {"idTypeAsStr": "national id", "value": "N-1"},
        {"idTypeAsStr": "PASSPORT", "value": "n-1"},
    )
    assert [one.key for one in found] == [
        ("national id", "n-1"),
        ("national id", "N-1"),
        ("passport", "n-1"),
    ]


def test_an_identifier_sent_twice_is_one():
    assert len(identifiers(*[national_id("N-550", expiryDate="2030-01-31")] * 3)) == 1


def test_a_second_identifier_of_a_type_is_kept_for_the_import_to_decide():
    assert [one.value for one in identifiers(national_id("1"), national_id("2"))] == ["1", "2"]


def test_numbers_as_identifiers_keep_every_digit():
    number = 20143916413512712014391641351271
    assert identifiers(national_id(number), national_id(0))[0].value == str(number)
    assert identifiers(national_id(0))[0].value == "0"


@pytest.mark.parametrize(
    "row",
    [
        {},
        None,
        CANARY,
        {"idTypeAsStr": "NATIONAL ID"},
        {"value": CANARY},
        national_id(None),
        national_id(" "),
        national_id({"a": CANARY}),
        national_id([CANARY]),
        national_id(True),
        national_id(12.0),
        national_id(f"{CANARY}\x00"),
        national_id(f"{CANARY}\ud800"),
        {"idTypeAsStr": {"name": CANARY}, "value": "1"},
        {"idTypeAsStr": "", "value": CANARY},
    ],
)
def test_an_incomplete_identifier_is_a_problem_and_the_others_stay(row):
    registrant = read(person(regIds=[national_id("1"), row]))
    (problem,) = registrant.problems
    assert (problem.code, problem.field) == (Code.INCOMPLETE_IDENTIFIER, "regIds[1]")
    assert CANARY not in repr(problem)
    assert [one.value for one in registrant.identifiers] == ["1"]


def test_a_bad_expiry_is_a_problem_and_the_identifier_stays():
    registrant = read(person(regIds=[national_id("1", expiryDate=CANARY)]))
    (problem,) = registrant.problems
    assert (problem.code, problem.field) == (Code.INVALID_VALUE, "regIds[0].expiryDate")
    assert CANARY not in problem.reason
    assert registrant.identifiers == (Identifier("NATIONAL ID", "1", {}),)


def test_a_phone_keeps_number_date_and_end():
    row = {
        "phoneNo": " +254 700 ",
        "phoneSanitized": "+254700",
        "dateCollected": "2024-05-01",
        "disabled": "2025-06-01T10:00:00+03:00",
    }
    details = {"date_collected": date(2024, 5, 1), "disabled": datetime(2025, 6, 1, 7)}
    assert phones(row) == (Phone("+254 700", details),)


def test_a_number_that_is_in_use_says_so():
    assert phones({"phoneNo": "0700", "disabled": None})[0].details == {"disabled": None}


def test_a_phone_sent_twice_is_one():
    assert [p.phone_no for p in phones({"phoneNo": "1"}, {"phoneNo": "2"}, {"phoneNo": "1"})] == [
        "1",
        "2",
    ]


def test_no_number_is_too_odd_to_be_read():
    assert (
        phones({"phoneNo": "ext. 12 / ask for Juma"}, {"phoneNo": 254700})[1].phone_no == "254700"
    )


@pytest.mark.parametrize(
    "row", [{}, None, CANARY, {"phoneNo": None}, {"phoneNo": [CANARY]}, {"phoneNo": "\x00"}]
)
def test_a_phone_without_a_number_gets_a_line(row):
    problem = problem_of(person(phoneNumberIds=[row]))
    assert (problem.code, problem.field) == (Code.INVALID_VALUE, "phoneNumberIds[0].phoneNo")
    assert CANARY not in repr(problem)


@pytest.mark.parametrize("field", ["dateCollected", "disabled"])
def test_a_bad_date_of_a_phone_is_a_problem_and_the_number_stays(field):
    registrant = read(person(phoneNumberIds=[{"phoneNo": "1", field: CANARY}]))
    assert registrant.phones == (Phone("1", {}),)
    assert registrant.problems[0].field == f"phoneNumberIds[0].{field}"
    assert CANARY not in registrant.problems[0].reason


def test_an_identifier_knows_its_place_among_the_rows_that_were_sent():
    one, other = ({"idTypeAsStr": "NATIONAL ID", "value": value} for value in "12")
    registrant = read(person(regIds=[{"value": "0"}, one, one, other]))
    assert [identifier.index for identifier in registrant.identifiers] == [1, 3]
