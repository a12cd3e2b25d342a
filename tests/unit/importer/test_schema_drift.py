"""What became different in a registry's schema, as far as a query is concerned."""

import pytest
from wire.query import RegistryQuery
from wire.schema import Drift, drift, part_in_use

SCHEMA = {
    "Query": {"getRegistrants": "[Partner]!", "totalRegistrantCount": "Int"},
    "Partner": {"name": "String!", "gender": "String", "regIds": "[RegIds]", "kin": "[Kin!]!"},
    "RegIds": {"idTypeAsStr": "String!", "value": "String!"},
    "Kin": {"individual": "Base", "kind": "Role"},
    "Base": {"name": "String!", "regIds": "[RegIds]"},
    "Role": {"name": "String"},
    "Unasked": {"secret": "String"},
}
QUERY = "{ getRegistrants { name gender regIds { value } } }"


def altered(**types: dict[str, str | None]) -> dict:
    """The schema with other fields in these types; None takes a field away."""
    changed = {
        name: {f: kind for f, kind in (SCHEMA.get(name, {}) | fields).items() if kind}
        for name, fields in types.items()
    }
    return SCHEMA | changed


def drift_of(after: dict, query: str = QUERY, before: dict = SCHEMA) -> Drift:
    paths = RegistryQuery(query).root_paths()
    return drift(part_in_use(before, paths), after, paths)


def test_only_the_types_a_query_touches_are_kept_of_the_root_only_the_root_field():
    kept = part_in_use(SCHEMA, RegistryQuery(QUERY).root_paths())
    assert kept == {
        "Query": {"getRegistrants": "[Partner]!"},
        "Partner": SCHEMA["Partner"],
        "RegIds": SCHEMA["RegIds"],
    }


def test_lists_and_nested_types_are_followed():
    query = RegistryQuery("{ getRegistrants { kin { individual { regIds { value } } } } }")
    kept = part_in_use(SCHEMA, query.root_paths())
    assert set(kept) == {"Query", "Partner", "Kin", "Base", "RegIds"}


def test_the_same_schema_is_no_drift():
    assert not drift_of(SCHEMA)
    assert drift_of(SCHEMA) == Drift()


def test_new_fields():
    after = altered(Partner={"nickname": "String"}, RegIds={"status": "String!"})
    assert drift_of(after) == Drift(
        added=("Partner.nickname (String)", "RegIds.status (String!)"),
    )


def test_a_lost_field_that_the_query_asks_for_is_said():
    after = altered(Partner={"gender": None, "kin": None})
    assert drift_of(after) == Drift(
        lost=("Partner.gender", "Partner.kin"), missed=("Partner.gender",)
    )


def test_a_field_of_another_type():
    after = altered(Partner={"gender": "Int"})
    assert drift_of(after) == Drift(retyped=("Partner.gender (String → Int)",))


def test_a_type_that_is_gone():
    after = {name: fields for name, fields in SCHEMA.items() if name != "RegIds"}
    found = drift_of(after)
    assert found.lost == ("RegIds.idTypeAsStr", "RegIds.value")
    assert found.missed == ("RegIds.value",)


def test_registrants_of_another_type():
    after = SCHEMA | {"Person": SCHEMA["Partner"], "Query": {"getRegistrants": "[Person]!"}}
    assert drift_of(after).retyped == ("Query.getRegistrants ([Partner]! → [Person]!)",)


def test_a_root_field_that_is_gone():
    found = drift_of(altered(Query={"getRegistrants": None}))
    assert "Query.getRegistrants" in found.missed


def test_what_no_query_touches_does_not_matter():
    assert not drift_of(altered(Unasked={"secret": "Int"}, Query={"other": "Int"}))


def test_types_that_only_a_changed_query_touches_are_not_compared():
    before = part_in_use(SCHEMA, RegistryQuery("{ getRegistrants { name } }").root_paths())
    paths = RegistryQuery(QUERY).root_paths()
    assert not drift(before, SCHEMA, paths)


@pytest.mark.parametrize("schema", [{}, {"Query": {}}, {"Partner": {"name": "String"}}])
def test_a_schema_without_registrants(schema):
    assert part_in_use(schema, {"name"}) == {}
    assert drift_of(schema).missed
