"""What a registrant knows about itself: keys, label, natural key, problems seen from above."""

import pytest
from meaning.problems import Code, Problem, RecordError

from .readers import person, read

IDS = [
    {"idTypeAsStr": "NATIONAL ID", "value": "N-550"},
    {"idTypeAsStr": "Passport", "value": "ab 1"},
]


def test_keys_compare_types_without_case_and_values_as_they_are():
    assert read(person(regIds=IDS)).keys == (("national id", "N-550"), ("passport", "ab 1"))


def test_the_label_is_how_a_person_finds_the_record_at_the_source():
    assert read(person(regIds=IDS)).label == "NATIONAL ID N-550, Passport ab 1"


@pytest.mark.parametrize("record", [person(), person(regIds=[])])
def test_a_record_without_identifiers_has_neither_keys_nor_label(record):
    assert read(record).keys == ()
    assert read(record).label == ""


def test_the_natural_key_is_name_without_case_or_extra_blanks_and_birth_date():
    one = read({"name": "Otieno,  Amara", "birthdate": "1984-07-19"})
    other = read({"name": "OTIENO, AMARA", "birthdate": "1984-07-19T10:00:00"})
    assert one.natural_key == other.natural_key == ("otieno, amara", "1984-07-19")


def test_people_of_one_name_and_different_birth_dates_differ():
    assert read(person(birthdate="1984-07-19")).natural_key != read(person()).natural_key


@pytest.mark.parametrize(("field", "path"), [("name", "a[0].name"), ("", "a[0]")])
def test_a_problem_seen_from_the_record_above_keeps_code_and_reason(field, path):
    problem = Problem(Code.INVALID_VALUE, field, "why")
    assert problem.under("a[0]") == Problem(Code.INVALID_VALUE, path, "why")


def test_the_words_of_an_error_are_those_of_its_problem():
    assert str(RecordError(Problem(Code.NAME_MISSING, "name", "why"))) == "why"


def test_codes_are_their_stored_values():
    assert all(code == code.value == code.name.lower() for code in Code)
