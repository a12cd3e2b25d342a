"""Whatever JSON a registry sends as a record, it is read or refused, and nothing else happens."""

from collections.abc import Iterator

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from meaning.mapping import FieldMapping, Rule
from meaning.problems import Problem, RecordError
from meaning.reading import RecordReader
from meaning.records import Registrant

from .readers import TARGETS
from .support import CANARY

#: Some fields go where their name says, some elsewhere, some clear, one leads nowhere.
READER = RecordReader(
    FieldMapping(
        {
            "address": Rule("address", clears=True),
            "shoeSize": Rule("household_size"),
            "birthPlace": Rule("last_visit"),
            "eyeColour": Rule("nowhere"),
        },
        TARGETS,
    )
)
any_text = st.text(st.characters(codec=None, exclude_categories=[]), max_size=6)
texts = any_text | any_text.map(CANARY.__add__)
likely = st.sampled_from(
    ["1984-07-19", "1984-07-19T10:00:00+05:30", "0001-01-01T00:00:00+14:00", "1e999", "NaN", "\x00"]
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts | likely | st.just(10**400),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=4,
)


def usually(strategy):
    """What belongs there, and now and then anything at all."""
    return st.integers(0, 5).flatmap(lambda luck: strategy if luck else anything)


def record(**fields):
    """A record that has some of these fields."""
    return st.fixed_dictionaries({}, optional={k: usually(v) for k, v in fields.items()})


def named(**fields):
    """A record that has a name, too."""
    return st.builds(lambda name, rest: {"name": name, **rest}, usually(texts), record(**fields))


def rows(row):
    return st.lists(usually(row), max_size=3)


moments = likely | texts
kinds = record(name=st.sampled_from(["Head", "Child"]) | texts)
person_fields = {
    "givenName": texts,
    "birthdate": moments,
    "birthPlace": moments,
    "gender": st.sampled_from(["female", "m", "x"]),
    "income": st.floats(),
    "shoeSize": st.integers(),
    "isPartialGroup": st.booleans(),
    "address": texts,
    "email": texts,
    "eyeColour": texts,
    "isGroup": st.none(),
    "regIds": rows(record(idTypeAsStr=texts, value=texts | st.integers(), expiryDate=moments)),
    "phoneNumberIds": rows(record(phoneNo=texts, dateCollected=moments, disabled=moments)),
}
people = named(**person_fields)
members = rows(record(individual=people, kind=kinds | st.lists(kinds, max_size=2)))
records = usually(named(**person_fields, groupMembershipIds=members))


@settings(max_examples=500, suppress_health_check=[HealthCheck.too_slow])
@given(records, st.booleans())
@example({"name": "x", "gender": [1]}, False)
@example({"name": "\ud800"}, False)
@example({"name": "x", "shoeSize": float("inf")}, True)
@example({"name": "x", "birthPlace": "9999-12-31T23:59:59-14:00"}, False)
def test_any_json_is_read_into_something_storable_or_refused(sent, is_group):
    """500 examples."""
    try:
        registrant = READER.read(sent, is_group=is_group)
    except RecordError as error:
        quotes_nothing(error.problem)
        return
    assert isinstance(registrant, Registrant)
    assert len(registrant.fingerprint) == 40
    assert registrant.values["name"]
    for problem in registrant.problems:
        quotes_nothing(problem)
    for text in texts_in(registrant):
        text.encode()
        assert "\x00" not in text
        assert text == text.strip()


def quotes_nothing(problem: Problem) -> None:
    assert CANARY not in problem.reason
    assert problem.reason.endswith(".")


def texts_in(registrant: Registrant) -> Iterator[str]:
    """Every text that would be written to the database."""
    yield from (value for value in registrant.values.values() if isinstance(value, str))
    for identifier in registrant.identifiers or ():
        yield from (identifier.id_type, identifier.value, registrant.label)
    yield from (phone.phone_no for phone in registrant.phones or ())
    for member in registrant.members or ():
        yield from member.kinds or ()
        yield from texts_in(member.person)
