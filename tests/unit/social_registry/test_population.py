"""The invented registry: exact numbers, the same for a seed, and as varied as it should be."""

import unicodedata
from itertools import chain

import pytest

from tests.servers.social_registry import population
from tests.servers.social_registry.people import LAST_BIRTH
from tests.servers.social_registry.store import Store


def filled(*size, seed=1):
    store = Store()
    population.fill(store, *size, seed=seed)
    return store


def wires(store):
    return [one.wire for one in store]


@pytest.fixture(scope="module")
def town():
    return filled(400, 2000)


def people(store):
    return [one for one in store if not one.is_group]


def homes(store):
    return [one for one in store if one.is_group]


def test_same_seed_same_registry():
    assert wires(filled(30, 150, seed=7)) == wires(filled(30, 150, seed=7))


def test_other_seed_other_people_and_no_number_in_common():
    def numbers(seed):
        ids = chain.from_iterable(one.wire["regIds"] for one in filled(60, 300, seed=seed))
        return {(row["idTypeAsStr"], row["value"]) for row in ids}

    assert not numbers(7) & numbers(8)


@pytest.mark.parametrize("size", [(0, 0), (0, 7), (1, 1), (5, 5), (40, 200), (40, 333)])
def test_numbers_are_exact(size):
    store = filled(*size)
    assert (len(homes(store)), len(people(store))) == size


def test_five_people_per_household_by_default():
    assert len(people(filled(20))) == 100


def test_exactly_one_head_per_household(town):
    for home in homes(town):
        assert [row.kinds for row in home.members].count(["Head"]) == 1


def test_identifiers_are_unique_and_some_are_missing_or_expired(town):
    ids = [row for one in town for row in one.wire["regIds"]]
    numbers = [(row["idTypeAsStr"], row["value"]) for row in ids]
    assert len(set(numbers)) == len(numbers)
    assert {kind for kind, _ in numbers} == {
        "HOUSEHOLD NO", "NATIONAL ID", "VOTER ID", "MOSIP VID",
    }  # fmt: skip
    assert any(not one.wire["regIds"] for one in people(town))
    assert any(not one.wire["regIds"] for one in homes(town))
    assert any((row["expiryDate"] or "9") < "2025-12-31" for row in ids)


def test_some_people_belong_to_two_households_and_some_to_none(town):
    counts = [len(one.groups) for one in people(town)]
    assert {0, 1, 2} <= set(counts)


def test_even_two_households_share_somebody():
    assert any(len(one.groups) == 2 for one in people(filled(2, 10)))


def test_names_come_in_many_scripts(town):
    letters = "".join(one.wire["name"] for one in town)
    scripts = {unicodedata.name(letter).split()[0] for letter in letters if letter.isalpha()}
    assert scripts >= {"LATIN", "ARABIC", "ETHIOPIC", "DEVANAGARI", "THAI", "CYRILLIC"}
    assert any(ord(letter) > 127 and "LATIN" in unicodedata.name(letter) for letter in letters)


def test_details_vary(town):
    individuals = [one.wire for one in people(town)]
    assert {one["gender"] for one in individuals} == {"Male", "Female", "Other"}
    assert any(one["birthdate"] is None for one in individuals)
    assert any(one["email"] for one in individuals)
    assert any(one["address"].count("\n") >= 4 for one in individuals)
    phones = [row for one in individuals for row in one["phoneNumberIds"]]
    assert any(row["disabled"] for row in phones)
    assert any(row["phoneSanitized"] is None for row in phones)
    kinds = {tuple(row.kinds) for home in homes(town) for row in home.members}
    assert kinds == {
        ("Head",), ("Spouse",), ("Child",), ("Parent",), ("Other relative",), (),
    }  # fmt: skip
    assert any(one.disabled for one in people(town))


def test_dates_make_sense(town):
    for one in people(town):
        assert (one.wire["birthdate"] or "") <= LAST_BIRTH.isoformat()
        assert LAST_BIRTH.isoformat() <= one.wire["registrationDate"] <= one.wire["createDate"]
    created = [one.create_date for one in town]
    assert created == sorted(created)


def test_fewer_people_than_households_cannot_be():
    with pytest.raises(ValueError, match="every household"):
        filled(5, 4)
