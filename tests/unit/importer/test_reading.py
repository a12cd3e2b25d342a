"""Records as a whole: which can be read, and by what name."""

import pytest
from meaning.mapping import Rule
from meaning.problems import Code, RecordError
from meaning.reading import RecordReader

from .readers import household, mapping, person, read, refusal_of
from .support import CANARY


@pytest.mark.parametrize("record", [None, [], CANARY, 5, True, [{"name": CANARY}]])
def test_what_is_no_record_is_refused_without_quoting_it(record):
    with pytest.raises(RecordError) as caught:
        read(record)
    assert caught.value.problem.code == Code.NOT_A_RECORD
    assert CANARY not in repr(caught.value) + repr(caught.value.problem)


@pytest.mark.parametrize(
    ("sent", "wanted", "words"),
    [
        (True, False, "sent a household, but this import takes individuals"),
        (False, True, "sent an individual, but this import takes households"),
    ],
)
def test_a_record_of_the_other_target_is_refused(sent, wanted, words):
    with pytest.raises(RecordError, match=words) as caught:
        read(person(isGroup=sent), is_group=wanted)
    assert caught.value.problem.code == Code.OTHER_TARGET
    assert caught.value.problem.field == "isGroup"


@pytest.mark.parametrize("is_group", [True, False])
@pytest.mark.parametrize("said", [{}, {"isGroup": None}, {"isGroup": ...}])
def test_the_import_says_what_a_record_is_and_the_record_may_repeat_it(is_group, said):
    fields = {name: is_group if value is ... else value for name, value in said.items()}
    assert read(person(**fields), is_group=is_group).is_group is is_group


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"name": None},
        {"name": "  "},
        {"name": "\x00"},
        {"name": False},
        {"name": {"first": CANARY}},
        {"regIds": [{"idTypeAsStr": "NATIONAL ID", "value": CANARY}]},
        {"givenName": " ", "familyName": None},
        {"birthdate": "1984-07-19"},
    ],
)
def test_a_record_without_any_name_is_refused(record):
    assert refusal_of(record) == Code.NAME_MISSING
    assert refusal_of(record, is_group=True) == Code.NAME_MISSING


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"givenName": "Amara", "familyName": "Otieno"}, "OTIENO, AMARA"),
        (
            {"givenName": "Amara", "familyName": "Otieno", "addlName": "Achieng"},
            "OTIENO, AMARA ACHIENG",
        ),
        ({"givenName": "Amara"}, "AMARA"),
        ({"familyName": "Otieno"}, "OTIENO"),
        ({"addlName": "Achieng"}, "ACHIENG"),
        ({"name": "", "givenName": "安"}, "安"),
        ({"name": ["x"], "familyName": "Straße"}, "STRASSE"),
    ],
)
def test_a_missing_name_is_composed_the_way_the_form_does(fields, name):
    assert read(fields).values["name"] == name


def test_a_name_that_was_sent_is_not_composed():
    values = read({"name": "Mama Amara", "givenName": "Amara", "familyName": "Otieno"}).values
    assert values["name"] == "Mama Amara"


def test_a_name_cannot_be_cleared():
    record = {"name": None, "givenName": "Amara"}
    assert read(record, name=Rule("name", clears=True)).values["name"] == "AMARA"


@pytest.mark.parametrize("list_name", ["regIds", "phoneNumberIds", "groupMembershipIds"])
@pytest.mark.parametrize("value", [CANARY, 5, {"a": CANARY}, True])
def test_a_list_that_is_none_is_a_problem_and_nothing_is_concluded_from_it(list_name, value):
    registrant = read(household() | {list_name: value}, is_group=True)
    (problem,) = registrant.problems
    assert (problem.code, problem.field) == (Code.INVALID_VALUE, list_name)
    assert problem.reason == "The value is not a list; the field was left out."
    found = {
        "regIds": registrant.identifiers,
        "phoneNumberIds": registrant.phones,
        "groupMembershipIds": registrant.members,
    }
    assert found[list_name] is None


@pytest.mark.parametrize("list_name", ["regIds", "phoneNumberIds", "groupMembershipIds"])
@pytest.mark.parametrize("nothing", [{}, None])
def test_a_list_not_asked_for_is_not_an_empty_list(list_name, nothing):
    record = {"name": "H"} if nothing == {} else {"name": "H", list_name: nothing}
    unasked = read(record, is_group=True)
    empty = read({"name": "H", list_name: []}, is_group=True)
    names = {"regIds": "identifiers", "phoneNumberIds": "phones", "groupMembershipIds": "members"}
    assert getattr(unasked, names[list_name]) is None
    assert getattr(empty, names[list_name]) == ()
    assert unasked.problems == empty.problems == ()


def test_a_person_has_no_members_whatever_was_sent():
    assert read(household({"individual": person()})).members is None


def test_a_reader_reads_every_record_by_itself():
    first = read(person(birthdate="soon"))
    assert len(first.problems) == 1
    assert read(person(birthdate="1984-07-19")).problems == ()


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"name": "  Otieno,\t AMARA ", "birthdate": "1990-05-01"},
        {"name": None, "familyName": "Otieno", "givenName": "Amara", "addlName": "N."},
        {"birthdate": "soon", "address": "Plot 9"},
        {"name": ""},
    ],
)
def test_the_natural_key_alone_is_that_of_the_record(fields):
    record = person(**fields)
    reader = RecordReader(mapping())
    try:
        whole = reader.read(record, is_group=False).natural_key
    except RecordError:
        whole = None
    assert reader.natural_key(record, is_group=False) == whole


def test_what_is_no_record_has_no_natural_key():
    assert RecordReader(mapping()).natural_key(None, is_group=False) is None
