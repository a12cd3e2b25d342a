"""Callbacks: who is called how, and what stops them."""

import base64
import json
import time

import pytest

from .support import calling, person, wait_for

LOGIN = "/web/session/authenticate"


def odoo(receiver):
    return {
        "authType": "odoo",
        "authOdoo": {
            "authUrl": f"{receiver.url}{LOGIN}",
            "database": "reg",
            "username": "bot",
            "password": "sample",
        },
    }


def deliver(client, receiver, *records, **request):
    """Submit with callbacks to /in, wait for the end, return the identifier."""
    properties = request.pop("properties", {})
    wish = calling(f"{receiver.url}/in", **properties)
    identifier = client.submit(*records, **{**wish, **request})
    assert client.finished(identifier)
    return identifier


def test_one_call_for_each_record_in_order_invalid_ones_too(client, receiver):
    identifier = deliver(client, receiver, person("1"), {"vid": "2"}, person("3"))
    wait_for(lambda: len(receiver.calls) == 3)
    assert [call.body["vid"] for call in receiver.calls] == ["1", "2", "3"]
    assert {call.method for call in receiver.calls} == {"POST"}
    assert client.file(identifier).status_code == 500
    assert client.seeder.callbacks()[0]["identifier"] == identifier


def test_bulk_is_one_call_with_a_bare_array(client, receiver):
    deliver(client, receiver, person("1"), person("2"), properties={"callInBulk": True})
    wait_for(lambda: receiver.calls)
    assert [row["vid"] for row in receiver.calls[0].body] == ["1", "2"]


def test_method_and_headers_are_as_asked(client, receiver):
    properties = {
        "httpMethod": "PUT",
        "authType": "staticBearer",
        "authStaticBearer": {"token": "sample"},
        "extraHeaders": {"X-Ref": "a"},
    }
    deliver(client, receiver, person("1"), properties=properties)
    wait_for(lambda: receiver.calls)
    (call,) = receiver.calls
    assert (call.method, call.headers["X-Ref"]) == ("PUT", "a")
    assert call.headers["Authorization"] == "Bearer sample"
    properties["extraHeaders"] = {"Authorization": "mine"}
    deliver(client, receiver, person("1"), properties=properties)
    wait_for(lambda: len(receiver.calls) == 2)
    assert receiver.calls[1].headers["Authorization"] == "mine"


def test_odoo_is_logged_into_by_get_with_a_body_and_out_of_again(client, receiver):
    deliver(client, receiver, person("1"), person("2"), properties=odoo(receiver))
    wait_for(lambda: len(receiver.calls) == 4)
    login, first, second, logout = receiver.calls
    assert (login.method, login.path) == ("GET", LOGIN)
    params = {"db": "reg", "login": "bot", "password": "sample"}
    assert login.body == {"jsonrpc": "2.0", "params": params}
    assert login.headers["Content-Type"] == "application/json"
    assert first.headers["Cookie"] == second.headers["Cookie"] == "session_id=abc"
    assert (logout.method, logout.path) == ("GET", "/web/session/logout")
    steps = [call["step"] for call in client.seeder.callbacks()]
    assert steps == ["login", "call", "call", "logout"]


def test_the_answers_to_callbacks_are_ignored(client, receiver):
    receiver.status = 500
    identifier = deliver(client, receiver, person("1"), person("2"))
    wait_for(lambda: len(receiver.calls) == 2)
    assert client.status(identifier) == "processed"
    assert [call["status"] for call in client.seeder.callbacks()] == [500, 500]


def test_a_null_result_is_a_call_without_body(client, receiver):
    deliver(client, receiver, person("1"), outputFormat="null")
    wait_for(lambda: receiver.calls)
    (call,) = receiver.calls
    assert (call.body, "Content-Type" in call.headers) == (None, False)


def ended(client, identifier):
    wait_for(lambda: client.status(identifier) == "error_making_callback_request")


def test_the_first_time_out_ends_all_callbacks_without_logout_or_retry(client, receiver):
    receiver.pause = 1.5
    properties = odoo(receiver) | {"timeoutSeconds": 1}
    identifier = deliver(client, receiver, person("1"), person("2"), properties=properties)
    ended(client, identifier)
    assert [call.path for call in receiver.calls] == [LOGIN, "/in"]


def test_the_status_is_processed_before_the_callbacks_fail(client, receiver):
    receiver.pause = 1.5
    identifier = deliver(client, receiver, person("1"), properties={"timeoutSeconds": 1})
    assert client.status(identifier) == "processed"
    ended(client, identifier)


@pytest.mark.parametrize("method", ["nonsense", False])
def test_a_method_that_is_none_shows_only_later(client, receiver, method):
    identifier = deliver(client, receiver, person("1"), properties={"httpMethod": method})
    ended(client, identifier)
    assert receiver.calls == []


def jwt(**claims):
    """A token whose middle part needs no padding."""
    text = json.dumps(claims)
    text += " " * (-len(text) % 3)
    return f"h.{base64.b64encode(text.encode()).decode()}.s"


def oauth(receiver, **auth):
    return {"authType": "oauth", "authOauth": {"authUrl": f"{receiver.url}/token", **auth}}


def test_oauth_asks_for_a_token_by_password_or_by_client(client, receiver):
    receiver.token = jwt(exp=int(time.time()) + 300)
    person_login = {"username": "bot", "password": "sample"}
    for auth, grant in ((person_login, "password"), ({"clientId": "c"}, "client_credentials")):
        receiver.calls.clear()
        deliver(client, receiver, person("1"), properties=oauth(receiver, **auth))
        wait_for(lambda: receiver.at("/in"))
        assert receiver.at("/token")[0].form["grant_type"] == grant
        assert receiver.at("/in")[0].headers["Authorization"] == f"Bearer {receiver.token}"


@pytest.mark.parametrize("token", ["opaque", "h.eyJhIjoxfQ.s"])
def test_an_oauth_token_without_padding_or_not_a_jwt_fails(client, receiver, token):
    receiver.token = token
    properties = oauth(receiver, clientId="c")
    identifier = deliver(client, receiver, person("1"), properties=properties)
    ended(client, identifier)
    assert receiver.at("/in") == []


def test_an_expired_oauth_token_is_renewed_before_the_call(client, receiver):
    receiver.token = jwt(exp=int(time.time()) - 5)
    deliver(client, receiver, person("1"), properties=oauth(receiver, clientId="c"))
    wait_for(lambda: receiver.at("/in"))
    assert len(receiver.at("/token")) == 2


def test_a_csv_callback_is_one_post_with_a_file(client, receiver):
    properties = {"callInBulk": True, "requestFileName": "tokens"}
    deliver(client, receiver, person("1"), person("2"), output="csv", properties=properties)
    wait_for(lambda: receiver.calls)
    (call,) = receiver.calls
    assert call.files["tokens"].decode().splitlines()[0].startswith("vid,status")


def test_callbacks_can_be_lost_repeated_cut_or_slow(client, receiver):
    client.seeder.set_dials(callback_lost={"vid": "^1$"}, callback_twice={"vid": "^2$"})
    deliver(client, receiver, person("1"), person("2"))
    wait_for(lambda: len(receiver.calls) == 2)
    assert [call.body["vid"] for call in receiver.calls] == ["2", "2"]
    receiver.calls.clear()
    client.seeder.set_dials(callback_cut={"vid": "^2$"}, callback_slow=0.05)
    identifier = deliver(client, receiver, person("1"), person("2"), person("3"))
    ended(client, identifier)
    assert [call.body["vid"] for call in receiver.calls] == ["1"]


def test_a_slow_receiver_holds_up_the_next_request(client, receiver):
    receiver.pause = 0.5
    deliver(client, receiver, person("1"))
    later = client.submit(person("2"))
    assert client.status(later) == "submitted"
    assert client.finished(later) == "processed"
