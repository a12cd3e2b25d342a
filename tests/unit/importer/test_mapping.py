"""Which wire field goes where."""

import pytest
from meaning.mapping import Rule, snake_case
from wire.query import RegistryQuery

from .readers import mapping, person, read


@pytest.mark.parametrize(
    ("wire", "server"),
    [
        ("name", "name"),
        ("givenName", "given_name"),
        ("isPartialGroup", "is_partial_group"),
        ("birthPlace", "birth_place"),
        ("address2Line", "address2_line"),
        ("snake_case", "snake_case"),
        ("HouseholdSize", "household_size"),
        ("", ""),
    ],
)
def test_camel_case_becomes_snake_case(wire, server):
    assert snake_case(wire) == server


def test_without_a_row_the_name_decides():
    assert read(person(birthPlace="Kisumu")).values["birth_place"] == "Kisumu"


def test_a_row_sends_a_field_elsewhere():
    values = read(person(placeOfOrigin="Kisumu"), placeOfOrigin=Rule("birth_place")).values
    assert values["birth_place"] == "Kisumu"


def test_a_row_goes_before_the_name():
    values = read(person(birthPlace="Kisumu"), birthPlace=Rule("address")).values
    assert values == {"name": "OTIENO, AMARA", "address": "Kisumu"}


def test_rows_hold_for_members_too():
    member = {"individual": person(town="Kisumu")}
    group = {"name": "H", "groupMembershipIds": [member]}
    (read_member,) = read(group, is_group=True, town=Rule("birth_place")).members
    assert read_member.person.values["birth_place"] == "Kisumu"


def test_a_null_leaves_the_field_alone():
    assert read(person(address=None)).values == {"name": "OTIENO, AMARA"}


@pytest.mark.parametrize("nothing", [None, "", "  \n", "\x00", " \x00 "])
def test_a_null_or_blank_clears_the_field_where_a_row_says_so(nothing):
    values = read(person(address=nothing), address=Rule("address", clears=True)).values
    assert values["address"] is None


def test_an_absent_field_is_left_alone_even_where_a_null_would_clear_it():
    assert "address" not in read(person(), address=Rule("address", clears=True)).values


def test_a_bad_value_does_not_clear_the_field():
    registrant = read(person(birthdate="soon"), birthdate=Rule("birthdate", clears=True))
    assert "birthdate" not in registrant.values


@pytest.mark.parametrize("field", ["shoeSize", "id", "createUid", "", "birthdate."])
def test_a_field_that_may_not_be_written_is_left_out(field):
    assert read(person(**{field: "x"})).values == {"name": "OTIENO, AMARA"}


@pytest.mark.parametrize("field", ["createDate", "writeDate", "kind", "__typename"])
def test_what_the_registry_cannot_show_properly_is_left_out_even_with_a_row(field):
    assert read(person(**{field: "x"}), **{field: Rule("address")}).values == {
        "name": "OTIENO, AMARA"
    }


def test_fields_a_query_asks_for_in_vain_are_listed():
    query = RegistryQuery("""{ getRegistrants {
        name shoeSize isGroup kind createDate regIds { idTypeAsStr value }
        phoneNumberIds { phoneNo } groupMembershipIds {
            kind { name } individual { givenName eyeColour regIds { value } } } } }""")
    assert mapping().unknown_fields(query.root_paths()) == ["eyeColour", "shoeSize"]


def test_a_row_makes_a_field_known():
    rules = {"shoeSize": Rule("household_size"), "name": Rule("no_such_field")}
    assert mapping(**rules).unknown_fields({"shoeSize", "name"}) == ["name"]


def test_where_a_field_comes_from_is_told_by_its_row_else_by_its_name():
    found = mapping(dateRegistered=Rule("registration_date"))
    assert found.wire_field_for("registration_date") == "dateRegistered"
    assert found.wire_field_for("birth_place") == "birthPlace"
    assert found.wire_field_for("name") == "name"
