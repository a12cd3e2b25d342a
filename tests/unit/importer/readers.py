"""A reader over a few fields of every type, and shorthand for what it says about a record."""

from typing import Any

import pytest
from meaning.mapping import FieldMapping, Rule, Target
from meaning.problems import Code, Problem, RecordError
from meaning.reading import RecordReader
from meaning.records import Registrant

TARGETS = {
    target.name: target
    for target in (
        Target("name", "char"),
        Target("given_name", "char"),
        Target("family_name", "char"),
        Target("addl_name", "char"),
        Target("birth_place", "char", size=10),
        Target("email", "char"),
        Target("address", "text"),
        Target("birthdate", "date"),
        Target("registration_date", "date"),
        Target("last_visit", "datetime"),
        Target("gender", "selection", {"female": "Female", "M": "Male", "3": "Hijra / अन्य"}),
        Target("is_partial_group", "boolean"),
        Target("household_size", "integer"),
        Target("income", "float"),
    )
}


def mapping(**rules: Rule) -> FieldMapping:
    """The targets with these rows of the data source's field mapping."""
    return FieldMapping(rules, TARGETS)


def read(record: Any, *, is_group: bool = False, **rules: Rule) -> Registrant:
    """What a wire record means."""
    return RecordReader(mapping(**rules)).read(record, is_group=is_group)


def person(**fields: Any) -> dict[str, Any]:
    """A wire record of a person."""
    return {"name": "OTIENO, AMARA", **fields}


def household(*members: Any, **fields: Any) -> dict[str, Any]:
    """A wire record of a household."""
    return {"name": "Otieno household", "groupMembershipIds": list(members), **fields}


def value_of(field: str, value: Any, wire_field: str | None = None) -> Any:
    """What a field gets; the record must be without problems."""
    registrant = read(person(**{wire_field or field: value}))
    assert registrant.problems == ()
    return registrant.values[field]


def problem_of(record: Any, **options: Any) -> Problem:
    """The one thing that is wrong with a record that can be read."""
    (problem,) = read(record, **options).problems
    return problem


def refusal_of(record: Any, **options: Any) -> Code:
    """Why a record cannot be read at all."""
    with pytest.raises(RecordError) as caught:
        read(record, **options)
    return caught.value.problem.code
