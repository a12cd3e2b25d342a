"""A record that is known looks the same whether it is read or not."""

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from meaning import reading
from meaning.known import KnownRegistrant
from meaning.lists import keys_within
from meaning.mapping import FieldMapping, Rule, Target
from meaning.problems import RecordError
from meaning.reading import RecordReader

from .readers import TARGETS, household, mapping, person
from .test_reading_random import READER, anything, records

HEAD = {"individual": person(regIds=[{"idTypeAsStr": "NATIONAL ID", "value": "1"}])}
SEEN = ("is_group", "keys", "label", "values", "identifiers", "phones", "natural_key", "problems")


class Unreadable(RecordReader):
    """Fails as soon as anybody wants to read."""

    def read(self, raw, *, is_group):
        raise AssertionError("read")


@settings(
    max_examples=500, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(records, st.booleans())
def test_it_says_what_reading_it_says(sent, is_group):
    """500 records that can be read without problems."""
    read = read_without_problems(sent, is_group)
    same(KnownRegistrant(sent, READER, is_group=is_group), read)


@settings(
    max_examples=500, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(records, st.booleans())
def test_everybody_in_it_can_be_told_without_reading_it(sent, is_group):
    read = read_without_problems(sent, is_group)
    people = [read, *(member.person for member in read.members or ())]
    assert {key for one in people for key in one.keys} <= set(keys_within(sent))


@given(anything)
def test_who_is_in_it_can_be_asked_of_whatever_came(sent):
    assert all(id_type and value for id_type, value in keys_within(sent))


def read_without_problems(sent, is_group):
    try:
        read = READER.read(sent, is_group=is_group)
    except RecordError:
        assume(False)
    assume(not read.problems)
    return read


def same(known, read):
    assert {name: getattr(known, name) for name in (*SEEN, "fingerprint")} == {
        name: getattr(read, name) for name in (*SEEN, "fingerprint")
    }
    assert (known.members is None) == (read.members is None)
    for one, other in zip(known.members or (), read.members or (), strict=True):
        assert (one.kinds, one.index) == (other.kinds, other.index)
        same(one.person, other.person)


def test_nothing_is_read_for_what_matching_asks():
    record = household(HEAD, regIds=[{"idTypeAsStr": "Card", "value": "C"}])
    known = KnownRegistrant(record, Unreadable(mapping()), is_group=True, fingerprint="f")
    assert (known.keys, known.fingerprint, known.problems) == ((("card", "C"),), "f", ())
    assert [member.person.keys for member in known.members] == [(("national id", "1"),)]


def digest(text="{}", *, is_group=False, targets=TARGETS, **rules):
    return RecordReader(FieldMapping(rules, targets)).digest(text, is_group=is_group)


def test_a_digest_is_the_same_for_the_same_words_by_the_same_rules():
    assert digest() == digest()
    assert len(digest()) == 32


def test_a_digest_changes_with_whatever_reading_depends_on(monkeypatch):
    other_choice = TARGETS | {"gender": Target("gender", "selection", {"f": "Female"})}
    different = [
        digest(),
        digest('{"name":"A"}'),
        digest(is_group=True),
        digest(birthPlace=Rule("address")),
        digest(birthPlace=Rule("address", clears=True)),
        digest(targets={"name": TARGETS["name"]}),
        digest(targets=other_choice),
    ]
    monkeypatch.setattr(reading, "VERSION", reading.VERSION + 1)
    different.append(digest())
    assert len(set(different)) == len(different)
