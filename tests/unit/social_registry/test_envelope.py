"""The G2P Connect envelope: what is echoed, what is constant, what is refused."""

import time
from datetime import UTC, datetime

import pytest

from .support import envelope

NAMES = "{ getRegistrants(limit: 1) { name } }"


def test_answer_has_every_key_with_its_constant_or_echo(client):
    body = envelope(NAMES, reg_type="G2P:RegistryType:Group")
    body["signature"] = "sig"
    body["header"]["message_id"] = "m-1"
    body["message"]["transaction_id"] = "t-1"
    body["message"]["search_request"][0] |= {"reference_id": "r-1", "locale": "am"}
    answer = client.post(body).json()

    stamp = answer["header"].pop("message_ts")
    assert datetime.fromisoformat(stamp).tzinfo is None
    assert answer["header"] == {
        "version": "1.0.0",
        "message_id": "m-1",
        "action": "on-search",
        "status": "succ",
        "status_reason_code": "",
        "status_reason_message": "",
        "total_count": 0,
        "completed_count": 0,
        "sender_id": "",
        "receiver_id": "",
        "is_msg_encrypted": False,
        "meta": {},
    }
    assert answer["signature"] == "sig"
    assert answer["message"]["transaction_id"] == "t-1"
    assert answer["message"]["correlation_id"] is None
    (item,) = answer["message"]["search_response"]
    moment = datetime.fromisoformat(item.pop("timestamp"))
    assert abs((datetime.now(UTC) - moment).total_seconds()) < 60
    (row,) = item["data"]["reg_records"].pop("getRegistrants")
    assert row["name"]
    assert item == {
        "reference_id": "r-1",
        "status": "succ",
        "status_reason_code": None,
        "status_reason_message": None,
        "data": {
            "version": "1.0.0",
            "reg_type": "G2P:RegistryType:Group",
            "reg_sub_type": None,
            "reg_record_type": None,
            "reg_records": {},
        },
        "locale": "en",
    }


def test_signature_is_null_when_none_was_sent(client):
    assert client.search(NAMES).json()["signature"] is None


def test_message_ts_is_the_same_in_every_answer(client):
    first = client.search(NAMES).json()["header"]["message_ts"]
    time.sleep(0.01)
    assert client.search(NAMES).json()["header"]["message_ts"] == first


def test_items_are_answered_in_order_and_none_is_fine(client):
    body = envelope(NAMES)
    (item,) = body["message"]["search_request"]
    body["message"]["search_request"] = [item | {"reference_id": ref} for ref in ("b", "a")]
    answers = client.post(body).json()["message"]["search_response"]
    assert [answer["reference_id"] for answer in answers] == ["b", "a"]
    body["message"]["search_request"] = []
    assert client.post(body).json()["message"]["search_response"] == []


def test_one_bad_query_fails_the_whole_call(client):
    body = envelope(NAMES)
    body["message"]["search_request"] += envelope("{ nothing }")["message"]["search_request"]
    response = client.post(body)
    assert response.status_code == 404
    assert response.json() == {"detail": "Cannot query field 'nothing' on type 'Query'."}


def test_unknown_members_and_standard_paging_are_ignored(client):
    body = envelope(NAMES, pagination={"page_size": 5}, sort=[], consent={}, authorize={})
    body["extra"] = body["header"]["extra"] = 1
    assert client.post(body).status_code == 200


@pytest.mark.parametrize("query_type", ["namedQuery", "expression", "GraphQL", ""])
def test_other_query_types_are_an_internal_error(client, query_type):
    response = client.search(NAMES, query_type=query_type)
    assert (response.status_code, response.json()) == (500, {"detail": "Internal Server Error"})


def items_of(client, change):
    body = envelope(NAMES)
    change(body)
    response = client.post(body)
    assert response.status_code == 422, response.text
    return response.json()["detail"]


def test_missing_total_count_is_the_classic_422(client):
    assert items_of(client, lambda body: body["header"].clear()) == [
        {
            "type": "missing",
            "loc": ["body", "header", "total_count"],
            "msg": "Field required",
            "input": {},
        }
    ]


CRITERIA = ["body", "message", "search_request", 0, "search_criteria"]


@pytest.mark.parametrize(
    ("path", "value", "kind"),
    [
        (["header", "total_count"], "many", "int_parsing"),
        (["header", "total_count"], None, "int_type"),
        (["header", "meta"], "", "dict_type"),
        (["header", "meta"], None, "dict_type"),
        (["header", "sender_id"], None, "string_type"),
        (["header", "message_ts"], "yesterday", "datetime_from_date_parsing"),
        (["header", "is_msg_encrypted"], "maybe", "bool_parsing"),
        (["header"], None, "model_attributes_type"),
        (["signature"], 7, "string_type"),
        (["message", "search_request"], None, "list_type"),
        (CRITERIA[1:], None, "model_attributes_type"),
        ([*CRITERIA[1:], "query"], {"x": 1}, "string_type"),
        ([*CRITERIA[1:], "query"], None, "string_type"),
    ],
)
def test_wrong_types_are_listed_with_their_place(client, path, value, kind):
    def change(body):
        place = body
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value

    (item,) = items_of(client, change)
    assert (item["type"], item["loc"], item["input"]) == (kind, ["body", *path], value)
    assert "url" not in item


def test_every_fault_of_an_envelope_is_listed(client):
    assert [item["loc"] for item in items_of(client, lambda body: body.clear())] == [
        ["body", "header"],
        ["body", "message"],
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("total_count", "3"),
        ("message_ts", "2026-03-02T08:15:00"),
        ("message_ts", "2026-03-02T08:15:00+05:30"),
        ("message_ts", 1772439300),
        ("sender_uri", None),
        ("receiver_id", None),
    ],
)
def test_lenient_header_values_are_accepted(client, name, value):
    body = envelope(NAMES)
    body["header"][name] = value
    assert client.post(body).status_code == 200


def test_malformed_json_is_422_even_without_token(client):
    response = client.http.post(
        client.registry.search_url,
        data='{"header": ',
        headers={"Content-Type": "application/json", "Authorization": ""},
        timeout=20,
    )
    assert response.status_code == 422
    assert response.json()["detail"] == [
        {
            "type": "json_invalid",
            "loc": ["body", 11],
            "msg": "JSON decode error",
            "input": {},
            "ctx": {"error": "Expecting value"},
        }
    ]


def test_empty_body_is_422(client):
    response = client.http.post(client.registry.search_url, timeout=20)
    assert response.status_code == 422
    assert response.json()["detail"][0]["loc"] == ["body"]


@pytest.mark.parametrize("content_type", [None, "text/plain", "application/x-www-form-urlencoded"])
def test_body_that_is_not_declared_as_json_is_422(client, content_type):
    response = client.http.post(
        client.registry.search_url,
        data=b'{"header": {}}',
        headers={"Content-Type": content_type},
        timeout=20,
    )
    assert response.status_code == 422
    (item,) = response.json()["detail"]
    assert (item["type"], item["loc"]) == ("model_attributes_type", ["body"])
    assert item["input"] == '{"header": {}}'


def test_other_methods_and_paths(client):
    url = client.registry.search_url
    got = client.http.get(url, timeout=20)
    assert (got.status_code, got.json()) == (405, {"detail": "Method Not Allowed"})
    missing = client.http.post(client.registry.base_url + "/registry/search", timeout=20)
    assert (missing.status_code, missing.json()) == (404, {"detail": "Not Found"})
    outside = client.http.get(client.registry.url + "/web", timeout=20)
    assert outside.status_code == 404
    assert outside.headers["Content-Type"].startswith("text/html")


def test_connection_is_kept_and_reused(client):
    client.search(NAMES)
    pool = client.http.get_adapter("http://").poolmanager.connection_from_url(client.registry.url)
    before = pool.num_connections
    for _ in range(5):
        assert "close" not in client.search(NAMES).headers.get("Connection", "")
    assert pool.num_connections == before
