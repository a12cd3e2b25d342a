"""The fingerprint changes exactly when the content does."""

import pytest
from meaning import fingerprint as module
from meaning.mapping import Rule

from .readers import household, person, read

HEAD = {"individual": person(regIds=[{"idTypeAsStr": "NATIONAL ID", "value": "1"}])}
CHILD = {"individual": person(name="OTIENO, JUMA"), "kind": {"name": "Child"}}


def test_it_is_40_hexadecimal_digits():
    found = read(person()).fingerprint
    assert len(found) == 40
    assert int(found, 16)


def test_it_is_the_same_in_every_process():
    """A fingerprint is stored: another value here means that everybody is applied again."""
    assert read(person(birthdate="1984-07-19")).fingerprint == (
        "311cadba5dd11c96fcad4501042d7945d05aae35"
    )


def test_a_new_version_of_the_importer_can_have_everybody_applied_again(monkeypatch):
    before = read(person()).fingerprint
    monkeypatch.setattr(module, "VERSION", module.VERSION + 1)
    assert read(person()).fingerprint != before


def test_the_order_of_the_fields_does_not_matter():
    record = person(address="Plot 9", birthdate="1984-07-19")
    assert read(dict(reversed(record.items()))).fingerprint == read(record).fingerprint


def test_how_a_value_is_written_does_not_matter():
    one = read(person(birthdate="1984-07-19", gender="FEMALE", address=" Plot 9"))
    other = read(person(birthdate="1984-07-19T00:00:00Z", gender="female", address="Plot 9"))
    assert one.fingerprint == other.fingerprint


@pytest.mark.parametrize("name", ["regIds", "phoneNumberIds", "groupMembershipIds"])
def test_a_list_not_asked_for_differs_from_an_empty_one(name):
    base = {"name": "H"}
    unasked = read(base, is_group=True).fingerprint
    assert unasked != read(base | {name: []}, is_group=True).fingerprint
    assert unasked == read(base | {name: None}, is_group=True).fingerprint


def test_a_null_that_clears_differs_from_a_field_not_asked_for():
    rules = {"address": Rule("address", clears=True)}
    assert read(person(address=None), **rules).fingerprint != read(person(), **rules).fingerprint


def test_a_null_that_is_left_alone_says_nothing():
    assert read(person(address=None)).fingerprint == read(person()).fingerprint


def test_a_household_differs_from_a_person_of_the_same_name():
    assert read(person()).fingerprint != read(person(), is_group=True).fingerprint


@pytest.mark.parametrize(
    "rows",
    [
        [HEAD],
        [HEAD, CHILD, CHILD],
        [HEAD, CHILD | {"kind": {"name": "Head"}}],
        [HEAD, CHILD | {"kind": {"name": None}}],
        [HEAD, {"individual": CHILD["individual"]}],
        [HEAD, CHILD | {"individual": person(name="OTIENO, JUMA", gender="M")}],
        [HEAD | {"kind": {"name": "Child"}}, {"individual": CHILD["individual"]}],
    ],
)
def test_whatever_changes_in_a_household_shows(rows):
    before = read(household(HEAD, CHILD), is_group=True).fingerprint
    assert read(household(*rows), is_group=True).fingerprint != before


def test_something_left_out_shows():
    record = person(regIds=[{"idTypeAsStr": "NATIONAL ID", "value": "1"}])
    worse = person(regIds=[*record["regIds"], {"idTypeAsStr": "PASSPORT"}])
    assert read(worse).identifiers == read(record).identifiers
    assert read(worse).fingerprint != read(record).fingerprint
