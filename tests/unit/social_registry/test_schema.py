"""What the GraphQL schema shows, hides and breaks on."""

import pytest
from graphql import build_client_schema, get_introspection_query, print_type

from .support import MEMBERS, group, person


def test_schema_is_open_to_introspection_and_has_the_real_types(client):
    schema = build_client_schema(client.records(get_introspection_query()))
    base = {name: str(field.type) for name, field in schema.type_map["PartnerBase"].fields.items()}
    assert base == {
        "name": "String!",
        "givenName": "String",
        "familyName": "String",
        "addlName": "String",
        "registrationDate": "Date",
        "address": "String",
        "email": "String",
        "birthPlace": "String",
        "birthdate": "Date",
        "gender": "String",
        "regIds": "[RegIds]",
        "phoneNumberIds": "[PhoneNumberIds]",
        "createDate": "Date",
        "writeDate": "Date",
    }
    partner = schema.type_map["Partner"].fields
    assert {name: str(partner[name].type) for name in partner.keys() - base.keys()} == {
        "groupMembershipIds": "[GroupMembershipIds]",
        "isGroup": "Boolean!",
        "kind": "String",
        "isPartialGroup": "Boolean",
    }
    assert schema.mutation_type is None
    assert print_type(schema.type_map["RegIds"]) == (
        "type RegIds {\n  idTypeAsStr: String!\n  value: String!\n  expiryDate: Date\n}"
    )


def test_arguments_are_the_real_ones(client):
    schema = build_client_schema(client.records(get_introspection_query()))
    field = schema.query_type.fields["getRegistrants"]
    assert str(field.type) == "[Partner]!"
    kinds = {name: str(argument.type) for name, argument in field.args.items()}
    assert kinds.pop("isGroup") == "Boolean"
    assert kinds.pop("lastSyncDate") == "DateTime"
    assert kinds.pop("limit") == kinds.pop("offset") == "Int"
    assert set(kinds) == {
        "order", "name", "givenName", "familyName", "addlName", "registrationDate", "address",
        "email", "birthPlace", "birthdate", "gender", "createDate", "writeDate", "kind",
        "phoneNumberIds", "isPartialGroup",
    }  # fmt: skip
    assert set(kinds.values()) == {"String"}


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("", "Must provide query string."),
        (" ", "Syntax Error: Unexpected <EOF>."),
        ("{ getRegistrants { name }", "Syntax Error: Expected Name, found <EOF>."),
        (
            '{ getRegistrants(regIds: "x") { name } }',
            "Unknown argument 'regIds' on field 'Query.getRegistrants'.",
        ),
        (
            "{ getregistrants { name } }",
            "Cannot query field 'getregistrants' on type 'Query'. Did you mean 'getRegistrants'?",
        ),
        (
            "{ getRegistrants(limit: 1, limit: 2) { name } }",
            "There can be only one argument named 'limit'.",
        ),
        (
            "{ getRegistrants { groupMembershipIds { individual { isGroup } } } }",
            "Cannot query field 'isGroup' on type 'PartnerBase'.",
        ),
    ],
)
def test_a_refused_query_is_404_with_the_first_message_only(client, query, message):
    assert client.refusal(query) == message


@pytest.mark.parametrize(
    "arguments",
    ['isGroup: "true"', 'limit: "5"', 'lastSyncDate: "soon"', "lastSyncDate: 5", "name: x"],
)
def test_bad_literals_are_404(client, arguments):
    assert client.refusal(f"{{ getRegistrants({arguments}) {{ name }} }}")


def test_only_the_first_of_several_errors_is_told(client):
    assert "alpha" in client.refusal("{ alpha beta }")
    assert "beta" not in client.refusal("{ alpha beta }")


def test_a_full_individual_on_the_wire(client):
    full = person(
        "p1",
        name="ÁVILA, ZOË",
        given_name="Zoë",
        family_name="Ávila",
        addl_name="",
        birthdate="1990-02-03",
        birth_place="Açores",
        gender="Female",
        address="Rua 1\nAçores",
        email="zoe@example.test",
        registration_date="2024-05-06",
        reg_ids=[
            {"id_type": "NATIONAL ID", "value": "N-1", "expiry_date": "2030-01-01"},
            {"id_type": "VOTER ID", "value": "V-1"},
        ],
        phones=[
            {"phone_no": "+351 900-100", "date_collected": "2024-01-02"},
            {"phone_no": "0900 200", "disabled": "2025-06-07T23:30:00"},
        ],
        create_date="2024-05-06T22:00:00+00:00",
        write_date="2024-05-07T01:00:00",
    )
    client.registry.put_registrants([full])
    found = client.records(
        "{ getRegistrants { name givenName familyName addlName registrationDate address email"
        " birthPlace birthdate gender createDate writeDate isGroup kind isPartialGroup"
        " regIds { idTypeAsStr value expiryDate } groupMembershipIds { createDate }"
        " phoneNumberIds { phoneNo phoneSanitized dateCollected disabled } } }"
    )
    assert found["getRegistrants"] == [
        {
            "name": "ÁVILA, ZOË",
            "givenName": "Zoë",
            "familyName": "Ávila",
            "addlName": None,
            "registrationDate": "2024-05-06",
            "address": "Rua 1\nAçores",
            "email": "zoe@example.test",
            "birthPlace": "Açores",
            "birthdate": "1990-02-03",
            "gender": "Female",
            "createDate": "2024-05-06",
            "writeDate": "2024-05-07",
            "isGroup": False,
            "kind": "g2p.group.kind()",
            "isPartialGroup": False,
            "regIds": [
                {"idTypeAsStr": "VOTER ID", "value": "V-1", "expiryDate": None},
                {"idTypeAsStr": "NATIONAL ID", "value": "N-1", "expiryDate": "2030-01-01"},
            ],
            "groupMembershipIds": [],
            "phoneNumberIds": [
                {
                    "phoneNo": "0900 200",
                    "phoneSanitized": None,
                    "dateCollected": None,
                    "disabled": "2025-06-07",
                },
                {
                    "phoneNo": "+351 900-100",
                    "phoneSanitized": "+351900100",
                    "dateCollected": "2024-01-02",
                    "disabled": None,
                },
            ],
        }
    ]


def test_group_kind_is_the_debug_form_of_the_record(client):
    kinds = [("a", "Household"), ("b", "Family"), ("c", "Household"), ("d", None)]
    client.registry.put_registrants([group(key, kind=kind) for key, kind in kinds])
    found = client.records('{ getRegistrants(order: "id") { kind } }')["getRegistrants"]
    first, second, third, none = [row["kind"] for row in found]
    assert first == third != second
    assert first.startswith("g2p.group.kind(") and first.endswith(",)")
    assert none == "g2p.group.kind()"


def test_member_kind_is_an_object_even_without_kind(client):
    rows = [{"individual": "p1", "kinds": ["Head"]}, {"individual": "p2", "kinds": []}]
    client.registry.put_registrants(
        [person("p1"), person("p2"), group("h1") | {"members": rows}],
    )
    found = client.records(
        "{ getRegistrants(isGroup: true) { groupMembershipIds"
        " { kind { name } individual { name } } } }"
    )
    # Newest row first, as the real model orders memberships.
    assert found["getRegistrants"][0]["groupMembershipIds"] == [
        {"kind": {"name": None}, "individual": {"name": "P2"}},
        {"kind": {"name": "Head"}, "individual": {"name": "P1"}},
    ]


def test_two_kinds_on_one_member_fail_the_call_when_asked_for(client):
    rows = [{"individual": "p1", "kinds": ["Head", "Parent"]}]
    client.registry.put_registrants([person("p1"), group("h1") | {"members": rows}])
    message = client.refusal("{ getRegistrants { groupMembershipIds { kind { name } } } }")
    assert message.startswith("Expected singleton: g2p.group.membership.kind(")
    assert client.records(MEMBERS)["getRegistrants"]


@pytest.mark.parametrize("value", [None, ""])
def test_an_identifier_without_value_fails_the_call(client, value):
    client.registry.put_registrants(
        [person("p1"), person("p2", reg_ids=[{"id_type": "NATIONAL ID", "value": value}])]
    )
    assert client.refusal("{ getRegistrants { regIds { value } } }") == (
        "Cannot return null for non-nullable field RegIds.value."
    )
    assert client.records("{ getRegistrants { regIds { idTypeAsStr } } }")


@pytest.mark.parametrize("name", [None, ""])
def test_an_empty_name_fails_the_call(client, name):
    client.registry.put_registrants([person("p1"), person("p2", name=name), group("h1", "p2")])
    assert client.refusal("{ getRegistrants { name } }") == (
        "Cannot return null for non-nullable field Partner.name."
    )
    assert client.refusal(MEMBERS) == (
        "Cannot return null for non-nullable field PartnerBase.name."
    )


def test_ended_memberships_and_disabled_registrants_are_returned_archived_not(client):
    rows = [{"individual": "p1", "kinds": [], "ended_date": "2024-01-01T00:00:00"}]
    client.registry.put_registrants(
        [
            person("p1", disabled="2024-01-01T00:00:00"),
            person("p2", active=False),
            group("h1") | {"members": rows},
        ]
    )
    assert client.names("isGroup: false") == ["P1"]
    (home,) = client.records(MEMBERS)["getRegistrants"]
    assert home["groupMembershipIds"] == [{"individual": {"name": "P1"}}]


def test_a_member_without_individual_is_null(client):
    client.registry.put_registrants([group("h1") | {"members": [{"individual": None}]}])
    (home,) = client.records(MEMBERS)["getRegistrants"]
    assert home["groupMembershipIds"] == [{"individual": None}]


def test_an_alias_changes_the_key_of_the_records(client):
    assert list(client.records("{ people: getRegistrants(limit: 1) { name } }")) == ["people"]


def test_a_declared_but_unset_variable_counts_as_not_given(client):
    client.registry.put_registrants([person("p1"), group("h1")])
    query = "query($g: Boolean, $n: Int) { getRegistrants(isGroup: $g, limit: $n) { name } }"
    assert len(client.records(query)["getRegistrants"]) == 2
