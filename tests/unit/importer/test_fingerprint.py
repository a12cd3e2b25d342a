"""The fingerprint changes exactly when the content does."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from meaning import fingerprint as module
from meaning.fingerprint import fingerprint
from meaning.mapping import Rule
from meaning.problems import Code, Problem
from meaning.records import Identifier, Member, Phone, Registrant

from .readers import household, person, read

HEAD = {"individual": person(regIds=[{"idTypeAsStr": "NATIONAL ID", "value": "1"}])}
CHILD = {"individual": person(name="OTIENO, JUMA"), "kind": {"name": "Child"}}

words = st.sampled_from(["", "a", "b", "ab", "null", '"', "安"])
days = st.none() | st.dates(date(2024, 1, 1), date(2024, 1, 3))
details = st.fixed_dictionaries({}, optional={"expiry_date": days})
contents = st.fixed_dictionaries(
    {"name": words},
    optional={"birthdate": days, "address": st.none() | words, "size": st.integers(0, 2)},
)
identifiers = st.builds(Identifier, st.sampled_from(["N", "n", "P"]), words, details)
phones = st.builds(Phone, words, details)
problems = st.builds(Problem, st.sampled_from(list(Code)[:2]), words, words)


def some(items):
    """A short list in any order, or None when it was not asked for."""
    return st.none() | st.lists(items, max_size=3).map(tuple)


def stamped(registrant):
    return replace(registrant, fingerprint=fingerprint(registrant))


people = st.builds(
    Registrant,
    is_group=st.just(False),
    values=contents,
    identifiers=some(identifiers),
    phones=some(phones),
    problems=st.lists(problems, max_size=1).map(tuple),
).map(stamped)
kinds = st.none() | st.lists(st.sampled_from(["Head", "HEAD", "Child"]), max_size=2).map(tuple)
members = st.builds(Member, people, kinds)
households = st.builds(
    Registrant,
    is_group=st.just(True),
    values=contents,
    identifiers=some(identifiers),
    phones=some(phones),
    members=some(members),
).map(stamped)


def content(registrant):
    """What a registrant says, comparable: the order of lists and the case of names left out."""
    bag = lambda items, one: None if items is None else _bag(map(one, items))  # noqa: E731
    return (
        registrant.is_group,
        frozenset(registrant.values.items()),
        bag(registrant.identifiers, lambda i: (i.key, frozenset(i.details.items()))),
        bag(registrant.phones, lambda p: (p.phone_no, frozenset(p.details.items()))),
        bag(
            registrant.members,
            lambda m: (
                content(m.person),
                None if m.kinds is None else _bag(kind.casefold() for kind in m.kinds),
            ),
        ),
        _bag((problem.code, problem.field) for problem in registrant.problems),
    )


def _bag(items):
    return frozenset(Counter(items).items())


@settings(max_examples=300)
@given(households | people, households | people)
def test_two_registrants_have_one_fingerprint_exactly_if_they_say_the_same(one, other):
    """300 examples, from so few words that equal ones are met."""
    assert (one.fingerprint == other.fingerprint) == (content(one) == content(other))


@settings(max_examples=300)
@given(households, st.data())
def test_a_change_of_any_one_part_changes_it_and_only_if_it_says_something_else(one, data):
    """300 examples."""
    part = data.draw(st.sampled_from(["values", "identifiers", "phones", "members", "problems"]))
    donor = data.draw(households)
    other = stamped(replace(one, **{part: getattr(donor, part)}))
    assert (one.fingerprint == other.fingerprint) == (content(one) == content(other))


@given(households, st.randoms(use_true_random=False))
def test_the_order_of_lists_does_not_matter(one, random):
    def shuffled(items):
        return None if items is None else tuple(random.sample(items, len(items)))

    lists = ("identifiers", "phones", "members")
    other = stamped(replace(one, **{name: shuffled(getattr(one, name)) for name in lists}))
    assert other.fingerprint == one.fingerprint


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
