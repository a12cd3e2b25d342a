"""Households and the people in them."""

import pytest
from meaning.problems import Code

from .readers import household, person, problem_of, read
from .support import CANARY


def members(*rows):
    registrant = read(household(*rows), is_group=True)
    assert registrant.problems == ()
    return registrant.members


def kinds(**row):
    return members({"individual": person(), **row})[0].kinds


def test_members_are_read_as_individuals_with_everything_they_have():
    row = {
        "kind": {"name": "Head"},
        "individual": person(
            givenName="Amara", regIds=[{"idTypeAsStr": "NATIONAL ID", "value": "N-550"}]
        ),
    }
    (member,) = members(row)
    assert not member.person.is_group
    assert member.person.members is None
    assert member.person.values["given_name"] == "Amara"
    assert member.person.keys == (("national id", "N-550"),)
    assert member.kinds == ("Head",)


@pytest.mark.parametrize(
    ("sent", "names"),
    [
        ({"name": "Head"}, ("Head",)),
        ({"name": " Head "}, ("Head",)),
        ({"name": None}, ()),
        ({"name": ""}, ()),
        ({}, ()),
        (None, ()),
        ([], ()),
        ([{"name": "Head"}, {"name": "Alternative recipient"}], ("Head", "Alternative recipient")),
        ([{"name": None}, {"name": "Head"}], ("Head",)),
        ([None, "Head"], ("Head",)),
        ("Head", ("Head",)),
    ],
)
def test_kinds_come_as_an_object_a_list_or_a_name(sent, names):
    assert kinds(kind=sent) == names


def test_kinds_not_asked_for_are_left_alone():
    assert kinds() is None


@pytest.mark.parametrize("sent", [True, 1.5, {"name": [CANARY]}, [{"name": {"a": CANARY}}]])
def test_kinds_that_cannot_be_read_are_a_problem_and_left_alone(sent):
    registrant = read(household({"individual": person(), "kind": sent}), is_group=True)
    (problem,) = registrant.problems
    assert (problem.code, problem.field) == (Code.INVALID_VALUE, "groupMembershipIds[0].kind")
    assert CANARY not in repr(problem)
    assert registrant.members[0].kinds is None


@pytest.mark.parametrize("row", [{"individual": None}, {}, None, CANARY, 5, {"kind": {}}])
def test_a_place_without_a_person_is_a_problem_and_the_others_stay(row):
    registrant = read(household(row, {"individual": person()}), is_group=True)
    (problem,) = registrant.problems
    assert problem.code == Code.MEMBER_WITHOUT_INDIVIDUAL
    assert problem.field == "groupMembershipIds[0]"
    assert len(registrant.members) == 1


@pytest.mark.parametrize(
    ("individual", "words"),
    [
        (CANARY, "empty record"),
        ([CANARY], "empty record"),
        ({}, "no name"),
        ({"name": {"a": CANARY}}, "no name"),
        ({"name": CANARY, "isGroup": True}, "sent a household"),
    ],
)
def test_a_member_that_cannot_be_read_is_a_problem_and_the_others_stay(individual, words):
    registrant = read(
        household({"individual": person()}, {"individual": individual}), is_group=True
    )
    (problem,) = registrant.problems
    assert (problem.code, problem.field) == (Code.MEMBER_UNUSABLE, "groupMembershipIds[1]")
    assert words in problem.reason
    assert CANARY not in repr(problem)
    assert len(registrant.members) == 1


def test_a_members_problem_is_told_with_its_whole_path():
    member = person(regIds=[{"idTypeAsStr": "NATIONAL ID", "value": "1", "expiryDate": CANARY}])
    problem = problem_of(household({"individual": person()}, {"individual": member}), is_group=True)
    assert problem.field == "groupMembershipIds[1].individual.regIds[0].expiryDate"


def test_the_member_itself_knows_its_problems_by_its_own_path():
    row = {"individual": person(birthdate=CANARY)}
    (member,) = read(household(row), is_group=True).members
    assert [problem.field for problem in member.person.problems] == ["birthdate"]


def test_a_household_without_members_is_a_household():
    assert members() == ()


def test_the_same_person_in_two_places_is_two_places():
    assert len(members({"individual": person()}, {"individual": person()})) == 2


def test_a_member_knows_its_place_among_the_rows_that_were_sent():
    rows = (None, {"individual": person()}, {"individual": None}, {"individual": person()})
    registrant = read(household(*rows), is_group=True)
    assert [member.index for member in registrant.members] == [1, 3]
