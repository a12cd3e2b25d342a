"""Filters, order and paging of getRegistrants."""

import pytest

from .support import group, person

STAMPS = {
    "a": "2024-09-30T23:59:59.999",
    "b": "2024-10-01T00:00:00",
    "c": "2024-10-01T05:30:00",
}


@pytest.fixture
def three(client):
    client.registry.put_registrants(
        [person(key, create_date=stamp) for key, stamp in STAMPS.items()]
    )
    return client


@pytest.mark.parametrize(
    "moment",
    [
        "2024-10-01T00:00:00.000Z",
        "2024-10-01T00:00:00",
        "2024-10-01 00:00:00",
        "2024-10-01",
        # A zone is dropped, not converted.
        "2024-10-01T00:00:00+05:30",
        "2024-10-01T00:00:00-08:00",
    ],
)
def test_last_sync_date_is_strictly_after_and_drops_the_zone(three, moment):
    assert three.names(f'lastSyncDate: "{moment}", order: "id"') == ["C"]


def test_last_sync_date_never_sees_an_edit(three):
    three.registry.patch_registrants([person("a", name="A NEW", address="elsewhere")])
    assert three.names('lastSyncDate: "2024-10-01"') == ["C"]


def test_is_group_null_arguments_and_none(client):
    client.registry.put_registrants([person("p1"), group("h1", "p1")])
    assert client.names("isGroup: true") == ["H1"]
    assert client.names("isGroup: false") == ["P1"]
    assert sorted(client.names("isGroup: null, name: null, limit: null")) == ["H1", "P1"]


@pytest.mark.parametrize(
    ("field", "argument", "value"),
    [
        ("given_name", "givenName", "Zoë"),
        ("family_name", "familyName", "Núñez"),
        ("addl_name", "addlName", "B"),
        ("address", "address", "Street 1"),
        ("email", "email", "x@example.test"),
        ("birth_place", "birthPlace", "Açores"),
        ("gender", "gender", "Other"),
        ("birthdate", "birthdate", "1990-01-02"),
        ("registration_date", "registrationDate", "2024-01-02"),
        ("kind", "kind", "Family"),
    ],
)
def test_texts_match_exactly(client, field, argument, value):
    client.registry.put_registrants([person("p1", **{field: value}), person("p2")])
    assert client.names(f'{argument}: "{value}"') == ["P1"]
    if field not in {"birthdate", "registration_date"}:
        assert client.names(f'{argument}: "{value.lower()[:-1]}"') == []


def test_stamps_phones_and_partial_groups(client):
    phones = [{"phone_no": "+1 5"}, {"phone_no": "77"}]
    client.registry.put_registrants(
        [
            person("p1", phones=phones, create_date="2024-01-02T03:04:05"),
            group("h1", is_partial_group=True, write_date="2024-01-02T03:04:05"),
        ]
    )
    assert client.names('phoneNumberIds: "77"') == ["P1"]
    assert client.names('createDate: "2024-01-02 03:04:05"') == ["P1"]
    assert client.names('writeDate: "2024-01-02 03:04:05"') == ["H1"]
    # A text compared with a Boolean column: even "false" is true.
    assert client.names('isPartialGroup: "true"') == ["H1"]
    assert client.names('isPartialGroup: "false"') == ["H1"]


@pytest.mark.parametrize("argument", ["birthdate", "registrationDate", "createDate", "writeDate"])
def test_a_date_that_is_none_is_404(client, argument):
    assert client.refusal(f'{{ getRegistrants({argument}: "soon") {{ name }} }}')


def test_order_takes_several_snake_case_fields_and_puts_nulls_last(client):
    client.registry.put_registrants(
        [
            person("a", family_name="X", birthdate="1990-01-01"),
            person("b", family_name="Y", birthdate="1980-01-01"),
            person("c", family_name="X"),
        ]
    )
    assert client.names('order: "id asc"') == ["A", "B", "C"]
    assert client.names('order: "id desc"') == ["C", "B", "A"]
    assert client.names('order: "birthdate"') == ["B", "A", "C"]
    assert client.names('order: "birthdate DESC"') == ["C", "A", "B"]
    assert client.names('order: "family_name asc, id desc"') == ["C", "A", "B"]


@pytest.mark.parametrize("order", ["createDate", "id up", "id;", "id,", "nothing asc"])
def test_a_bad_order_is_404(client, order):
    assert client.refusal(f'{{ getRegistrants(order: "{order}") {{ name }} }}')


def test_default_order_is_by_display_name_so_an_edit_moves_rows_between_pages(client):
    client.registry.put_registrants([person("c"), person("a"), person("b")])
    assert client.names("limit: 2") == ["A", "B"]
    client.registry.patch_registrants([{"key": "a", "name": "Z"}])
    assert client.names("limit: 2, offset: 2") == ["Z"]


def test_limit_offset_and_their_edges(three):
    assert three.names('order: "id", limit: 2') == ["A", "B"]
    assert three.names('order: "id", limit: 2, offset: 2') == ["C"]
    assert three.names('order: "id", offset: 3') == []
    assert three.names('order: "id", limit: 0, offset: 1') == ["B", "C"]
    for arguments in ("limit: -1", "offset: -1"):
        assert "must not be negative" in three.refusal(
            f"{{ getRegistrants({arguments}) {{ name }} }}"
        )
