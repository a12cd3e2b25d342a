"""Two fingerprints are equal exactly if two registrants say the same."""

from collections import Counter
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from meaning.fingerprint import fingerprint
from meaning.problems import Code, Problem
from meaning.records import Identifier, Member, Phone, Registrant

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
