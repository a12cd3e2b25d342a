"""Every fault dial, over a real socket."""

import http.client
import json
import time

import pytest
import requests

from .support import envelope

PAGE = '{ getRegistrants(limit: 5, offset: %d, order: "id") { name } totalRegistrantCount }'
FIRST = PAGE % 0


def item_of(response):
    assert response.status_code == 200
    return response.json()["message"]["search_response"][0]


def test_latency(client):
    client.registry.set_dials(latency=0.4)
    start = time.monotonic()
    assert client.search(FIRST).status_code == 200
    assert time.monotonic() - start >= 0.4


def test_429_says_when_to_come_back(client):
    client.registry.set_dials(http_429={"value": 7, "calls": 1})
    response = client.search(FIRST)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "7")
    assert client.search(FIRST).status_code == 200


def test_429_may_name_a_date(client):
    moment = "Wed, 21 Oct 2026 07:28:00 GMT"
    client.registry.set_dials(http_429=moment)
    assert client.search(FIRST).headers["Retry-After"] == moment


@pytest.mark.parametrize(("value", "status"), [(True, 500), (502, 502), (503, 503)])
def test_500_and_its_kin(client, value, status):
    client.registry.set_dials(http_500=value)
    response = client.search(FIRST)
    assert (response.status_code, response.json()) == (status, {"detail": "Internal Server Error"})


def test_401_after_n_calls_goes_away_when_its_calls_are_used_up(client):
    client.registry.set_dials(http_401={"after": 2, "calls": 1})
    assert [client.search(FIRST).status_code for _ in range(4)] == [200, 200, 401, 200]


def test_a_token_that_is_good_for_n_calls_needs_a_new_one(client):
    client.registry.set_dials(token_uses=2)
    client.log_in()
    assert [client.search(FIRST).status_code for _ in range(4)] == [200, 200, 401, 401]
    client.log_in()
    assert client.search(FIRST).status_code == 200


def test_connection_reset(client):
    client.registry.set_dials(reset={"calls": 1})
    with pytest.raises(requests.ConnectionError) as caught:
        client.search(FIRST)
    assert "reset by peer" in str(caught.value)
    assert client.registry.log()[-1]["status"] is None
    assert client.search(FIRST).status_code == 200


def test_cut_body_announces_more_than_it_sends(client):
    client.registry.set_dials(cut_body={"value": 0.25, "calls": 1})
    connection = http.client.HTTPConnection(client.registry.url.removeprefix("http://"), timeout=20)
    headers = {
        "Content-Type": "application/json",
        "Authorization": client.http.headers["Authorization"],
    }
    path = client.registry.search_url.removeprefix(client.registry.url)
    connection.request("POST", path, json.dumps(envelope(FIRST)), headers)
    response = connection.getresponse()
    with pytest.raises(http.client.IncompleteRead) as caught:
        response.read()
    sent, missing = len(caught.value.partial), caught.value.expected
    assert 0 < sent < missing
    assert int(response.headers["Content-Length"]) == sent + missing
    connection.close()
    assert client.search(FIRST).status_code == 200


def test_wrong_content_type(client):
    client.registry.set_dials(content_type="text/html")
    response = client.search(FIRST)
    assert response.headers["Content-Type"] == "text/html"
    assert response.json()["header"]["status"] == "succ"


def test_html_is_the_page_of_a_route_that_is_not_mounted(client):
    client.registry.set_dials(html=True)
    response = client.search(FIRST)
    assert response.status_code == 404
    assert response.headers["Content-Type"].startswith("text/html")
    assert "<h1>Not Found</h1>" in response.text


def test_repeated_page_ignores_the_offset(client):
    first = client.records(FIRST)["getRegistrants"]
    second = client.records(PAGE % 5)["getRegistrants"]
    client.registry.set_dials(repeat_page=True)
    assert client.records(PAGE % 5)["getRegistrants"] == first != second
    client.registry.set_dials()
    assert client.records(PAGE % 5)["getRegistrants"] == second


def test_wrong_total_is_only_shown_not_kept(client):
    client.registry.set_dials(wrong_total={"value": 12345, "calls": 1})
    assert client.records(FIRST)["totalRegistrantCount"] == 12345
    assert client.records("{ totalRegistrantCount }")["totalRegistrantCount"] == 5
    assert client.records(FIRST)["totalRegistrantCount"] == 5


def test_rejected_item(client):
    reason = {"level": "item", "code": "rjct.filter.invalid", "message": "no such filter"}
    client.registry.set_dials(rjct={"value": reason})
    answer = client.search(FIRST).json()
    assert answer["header"]["status"] == "succ"
    (item,) = answer["message"]["search_response"]
    assert (item["status"], item["data"]) == ("rjct", None)
    assert item["status_reason_code"] == "rjct.filter.invalid"
    assert item["status_reason_message"] == "no such filter"


def test_rejected_header(client):
    client.registry.set_dials(rjct="header")
    answer = client.search(FIRST).json()
    assert answer["header"]["status"] == "rjct"
    assert answer["header"]["status_reason_code"] == "rjct.message_id.duplicate"
    assert answer["message"]["search_response"] == []


def test_other_statuses_of_the_standard(client):
    client.registry.set_dials(rjct={"status": "pdng"})
    assert item_of(client.search(FIRST))["status"] == "pdng"


def test_null_data_null_records_and_records_in_a_list(client):
    names = client.records(FIRST)["getRegistrants"]
    client.registry.set_dials(null_data=True)
    item = item_of(client.search(FIRST))
    assert (item["status"], item["data"]) == ("succ", None)
    client.registry.set_dials(null_records=True)
    expected = {"getRegistrants": None, "totalRegistrantCount": 5}
    assert client.records(FIRST) == expected
    client.registry.set_dials(list_records=True)
    assert client.records(FIRST) == names


def test_errors_in_a_200(client):
    client.registry.set_dials(errors="err.request.bad")
    response = client.search(FIRST)
    assert response.status_code == 200
    assert list(response.json()) == ["errors"]
    assert response.json()["errors"][0]["code"] == "err.request.bad"


def test_token_dials(client):
    registry = client.registry
    registry.set_dials(token_type="bearer")
    assert client.ask_token().json()["token_type"] == "bearer"
    registry.set_dials(token_401={"calls": 1})
    refused = client.ask_token()
    assert (refused.status_code, refused.json()["error"]) == (401, "invalid_client")
    assert client.ask_token().status_code == 200
    registry.set_dials(token_missing=True)
    answer = client.ask_token()
    assert answer.status_code == 200
    assert "access_token" not in answer.json()
    registry.set_dials(token_html=200)
    page = client.ask_token()
    assert page.status_code == 200
    assert page.headers["Content-Type"].startswith("text/html")
    registry.set_dials(token_slow=0.3)
    start = time.monotonic()
    client.ask_token()
    assert time.monotonic() - start >= 0.3


def test_token_dials_leave_searches_alone_and_the_other_way_round(client):
    client.registry.set_dials(token_401={"calls": 1}, http_500={"calls": 1})
    assert client.search(FIRST).status_code == 500
    assert client.search(FIRST).status_code == 200
    assert client.ask_token().status_code == 401
    assert client.ask_token().status_code == 200


@pytest.mark.parametrize("limit", [{"offset": 10}, {"page": 2}])
def test_a_dial_can_wait_for_one_page(client, limit):
    client.registry.set_dials(http_500={"calls": 1, **limit})
    codes = [client.search(PAGE % offset).status_code for offset in (0, 5, 10, 10, 15)]
    assert codes == [200, 200, 500, 200, 200]


def test_dials_are_shown_with_what_is_left_of_them(client):
    client.registry.set_dials(http_500={"after": 1, "calls": 3}, latency=0)
    client.search(FIRST)
    client.search(FIRST)
    shown = client.registry.control("GET", "dials")
    assert (shown["http_500"]["after"], shown["http_500"]["calls"]) == (0, 2)
    # What is shown can be set again.
    assert client.registry.control("PUT", "dials", shown) == shown


def test_false_and_null_take_a_dial_off(client):
    assert set(client.registry.set_dials(reset=True, html=False, http_500=None)) == {"reset"}
    assert client.registry.set_dials() == {}


@pytest.mark.parametrize("dials", [{"no_such": 1}, {"latency": "long"}, {"reset": 5}])
def test_a_dial_that_cannot_be_is_refused(registry, dials):
    registry.set_dials(latency=0)
    with pytest.raises(ValueError, match="400"):
        registry.set_dials(**dials)
    assert set(registry.control("GET", "dials")) == {"latency"}
