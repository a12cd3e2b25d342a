"""What was wrong in how 17.0 understood records, by its number in the list of known defects.

b: wrong or lost data, crashes.
"""

from datetime import date

import pytest
from meaning.mapping import Rule
from meaning.problems import Code, RecordError

from .readers import household, mapping, person, problem_of, read, refusal_of

NATIONAL_ID = {"idTypeAsStr": "NATIONAL ID", "value": "N-550", "expiryDate": "2030-01-31"}


def test_b01_a_members_identifiers_are_read():
    group = household({"individual": person(regIds=[NATIONAL_ID]), "kind": {"name": "Head"}})
    (member,) = read(group, is_group=True).members
    assert member.person.keys == (("national id", "N-550"),)


def test_b02_a_member_has_the_same_key_in_every_import():
    group = household({"individual": person(regIds=[NATIONAL_ID])})
    first, second = (read(group, is_group=True).members[0].person for _ in range(2))
    assert first.keys == second.keys == read(person(regIds=[NATIONAL_ID])).keys
    assert first.fingerprint == second.fingerprint


def test_b14_a_number_sent_twice_is_one_phone():
    registrant = read(person(phoneNumberIds=[{"phoneNo": "0700 1"}, {"phoneNo": "0700 1"}]))
    assert [phone.phone_no for phone in registrant.phones] == ["0700 1"]


def test_b14_a_number_nobody_can_dial_does_not_stop_the_record():
    registrant = read(person(phoneNumberIds=[{"phoneNo": "none"}]))
    assert registrant.phones[0].phone_no == "none"


@pytest.mark.parametrize("is_group", [True, False])
def test_b15_a_record_of_the_other_kind_is_refused(is_group):
    assert refusal_of(person(isGroup=not is_group), is_group=is_group) == Code.OTHER_TARGET


def test_b16_id_types_are_compared_without_case():
    spellings = ("National ID", "NATIONAL ID", "national id")
    records = (person(regIds=[{"idTypeAsStr": name, "value": "1"}]) for name in spellings)
    assert len({read(record).keys for record in records}) == 1


def test_b17_the_expiry_date_of_an_identifier_is_kept():
    (identifier,) = read(person(regIds=[NATIONAL_ID])).identifiers
    assert identifier.details == {"expiry_date": date(2030, 1, 31)}


def test_b17_a_second_identifier_of_a_type_is_not_lost():
    second = NATIONAL_ID | {"value": "N-551"}
    assert len(read(person(regIds=[NATIONAL_ID, second])).identifiers) == 2


def test_b17_another_value_is_another_key_and_another_fingerprint():
    before = read(person(regIds=[NATIONAL_ID]))
    after = read(person(regIds=[NATIONAL_ID | {"value": "N-551"}]))
    assert before.keys != after.keys
    assert before.fingerprint != after.fingerprint


def test_b18_an_unknown_gender_is_a_problem_and_the_record_goes_on():
    problem = problem_of(person(gender="unheard of"))
    assert (problem.code, problem.field) == (Code.INVALID_VALUE, "gender")


@pytest.mark.parametrize("sent", ["female", "Female", "FEMALE"])
def test_b18_a_gender_is_found_by_key_or_label(sent):
    assert read(person(gender=sent)).values["gender"] == "female"


def test_b18_the_debug_text_of_a_group_kind_is_not_written():
    registrant = read(household(kind="g2p.group.kind(3,)"), is_group=True)
    assert registrant.values == {"name": "Otieno household"}


def test_b18_a_field_that_is_not_there_is_listed_and_not_written():
    assert read(person(eyeColour="brown")).values == {"name": "OTIENO, AMARA"}
    assert mapping().unknown_fields({"name", "eyeColour"}) == ["eyeColour"]


def test_b18_a_null_erases_nothing_unless_a_row_says_so():
    record = person(address=None)
    assert "address" not in read(record).values
    assert read(record, address=Rule("address", clears=True)).values["address"] is None


def test_b18_a_household_stays_one_when_the_query_leaves_out_what_it_is():
    assert read(household(), is_group=True).is_group


def test_b19_a_query_without_identifiers_differs_from_people_without_any():
    assert read(person()).identifiers is None
    assert read(person(regIds=[])).identifiers == ()


def test_b19_a_record_without_identifier_can_be_told_from_another_one():
    assert read(person(birthdate="1984-07-19")).natural_key == ("otieno, amara", "1984-07-19")


def test_b20_an_unknown_member_kind_is_kept_to_be_reported():
    group = household({"individual": person(), "kind": {"name": "Cousin twice removed"}})
    assert read(group, is_group=True).members[0].kinds == ("Cousin twice removed",)


def test_b20_a_membership_without_a_person_is_a_problem_and_no_crash():
    group = household({"individual": None, "kind": {"name": "Head"}}, {"individual": person()})
    problem = problem_of(group, is_group=True)
    assert problem.code == Code.MEMBER_WITHOUT_INDIVIDUAL
    assert len(read(group, is_group=True).members) == 1


def test_b21_one_bad_record_is_one_error_and_the_others_are_read():
    page = [person(), None, {"name": None}, person(isGroup=True), household()]
    read_ones, codes = 0, []
    for record in page:
        try:
            read(record)
        except RecordError as error:
            codes.append(error.problem.code)
        else:
            read_ones += 1
    assert codes == [Code.NOT_A_RECORD, Code.NAME_MISSING, Code.OTHER_TARGET]
    assert read_ones == 2
