"""Dials that make the registry depart from what it is asked."""

from datetime import UTC, datetime, timedelta

import pytest
from graphql import build_client_schema, get_introspection_query

from .support import group, person

OLD, LATER, RECENT = "2024-01-05T10:00:00", "2024-03-05T10:00:00", "2024-06-05T10:00:00"
SINCE = 'lastSyncDate: "2024-02-01T00:00:00.000Z", order: "id asc"'


@pytest.fixture
def people(client):
    """One who was changed, one who was not, one who is new; and a household of the first."""
    client.registry.put_registrants(
        [
            person("changed", create_date=OLD, write_date=LATER),
            person("steady", create_date=OLD, write_date=OLD),
            person("new", create_date=RECENT, write_date=RECENT),
            group("home", "changed", create_date=OLD, write_date=OLD),
        ]
    )
    return client


@pytest.mark.parametrize(
    ("meaning", "names"),
    [
        ("created", ["NEW"]),
        ("updates", ["CHANGED", "NEW"]),
        ("members", ["CHANGED", "NEW", "HOME"]),
        ("nobody", []),
        ("ignored", ["CHANGED", "STEADY", "NEW", "HOME"]),
    ],
)
def test_the_filter_may_mean_something_else(people, meaning, names):
    people.registry.set_dials(filter=meaning)
    assert people.names(SINCE) == names


def test_limit_and_order_may_be_ignored(people):
    assert people.names('limit: 2, order: "id desc"') == ["HOME", "NEW"]
    people.registry.set_dials(ignore_order=True)
    assert people.names('limit: 2, order: "id desc"') == ["CHANGED", "HOME"]
    people.registry.set_dials(ignore_limit=True)
    assert people.names('limit: 2, order: "id desc"') == ["HOME", "NEW", "STEADY", "CHANGED"]


def test_the_total_may_be_one(people):
    query = "{ getRegistrants(isGroup: false, limit: 1) { name } totalRegistrantCount }"
    assert people.records(query)["totalRegistrantCount"] == 1
    people.registry.set_dials(real_total=True)
    assert people.records(query)["totalRegistrantCount"] == 3


def time_shown(client):
    answer = client.search("{ getRegistrants(limit: 1) { name } }").json()
    return answer["message"]["search_response"][0]["timestamp"]


def test_the_clock_may_go_wrong_or_be_absent(client):
    client.registry.set_dials(clock=-7200)
    ahead = datetime.fromisoformat(time_shown(client)) - datetime.now(UTC)
    assert abs(ahead + timedelta(hours=2)) < timedelta(seconds=20)
    client.registry.set_dials(clock="2026-01-01T00:00:00Z")
    assert time_shown(client) == "2026-01-01T00:00:00Z"
    client.registry.set_dials(clock="")
    assert time_shown(client) is None


def fields_of(client, name):
    schema = build_client_schema(client.records(get_introspection_query()))
    return {field: str(one.type) for field, one in schema.type_map[name].fields.items()}


def test_the_schema_may_have_other_fields(people):
    usual = fields_of(people, "Partner")
    people.registry.set_dials(
        schema={"Partner.birthPlace": None, "Partner.gender": "Int", "Partner.nickname": "String"}
    )
    altered = fields_of(people, "Partner")
    assert usual.keys() - altered.keys() == {"birthPlace"}
    assert altered.keys() - usual.keys() == {"nickname"}
    assert (usual["gender"], altered["gender"]) == ("String", "Int")
    assert people.records("{ getRegistrants(limit: 1) { nickname } }")["getRegistrants"] == [
        {"nickname": None}
    ]
    refusal = people.refusal("{ getRegistrants(limit: 1) { birthPlace } }")
    assert refusal.startswith("Cannot query field 'birthPlace' on type 'Partner'.")
    people.registry.set_dials()
    assert fields_of(people, "Partner") == usual


def test_the_schema_may_be_a_secret(client):
    client.registry.set_dials(no_introspection=True)
    refusal = client.refusal(get_introspection_query())
    assert refusal == "GraphQL introspection is not allowed."
    assert client.names("limit: 1")


@pytest.mark.parametrize(
    "dial", [{"filter": "sometimes"}, {"schema": {"Nobody.name": None}}, {"clock": [1]}]
)
def test_a_lie_that_cannot_be_is_refused(registry, dial):
    with pytest.raises(ValueError, match="400"):
        registry.set_dials(**dial)
