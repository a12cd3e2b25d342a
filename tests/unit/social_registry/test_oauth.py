"""The token call, and which tokens a search accepts."""

import json
import time
from base64 import urlsafe_b64decode
from uuid import UUID

import pytest

NAMES = "{ getRegistrants(limit: 1) { name } }"


def test_a_token_is_answered_as_the_identity_provider_does(client):
    response = client.ask_token()
    assert response.status_code == 200
    token = response.json()
    assert token["access_token"].count(".") == 2
    assert (token["expires_in"], token["token_type"]) == (300, "Bearer")
    assert response.headers["Cache-Control"] == "no-store"


def test_a_token_is_named_by_a_uuid_which_never_looks_like_the_number_of_a_card(client):
    body = client.ask_token().json()["access_token"].split(".")[1]
    claims = json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    assert str(UUID(claims["jti"])) == claims["jti"]


@pytest.mark.parametrize("path", ["/oauth/token", "/realms/any/protocol/openid-connect/token"])
def test_client_may_come_as_form_fields_or_basic(client, path):
    registry = client.registry
    form = {"grant_type": "client_credentials"}
    basic = client.http.post(
        registry.url + path,
        data=form,
        auth=(registry.client_id, registry.client_secret),
        headers={"Authorization": None},
        timeout=20,
    )
    assert basic.status_code == 200
    form |= {"client_id": registry.client_id, "client_secret": registry.client_secret}
    assert client.http.post(registry.url + path, data=form, timeout=20).status_code == 200


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "wrong"}, 401, "invalid_client"),
        ({"client_secret": None}, 401, "invalid_client"),
        ({"client_secret": "žluť"}, 401, "invalid_client"),
        ({"grant_type": None}, 400, "invalid_request"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
    ],
)
def test_refused_token_calls_say_why(client, changes, status, error):
    response = client.ask_token(**changes)
    assert (response.status_code, response.json()["error"]) == (status, error)
    assert response.json()["error_description"]


def answer_to(client, authorization):
    client.http.headers["Authorization"] = authorization
    response = client.search(NAMES)
    return response.status_code, response.json().get("detail")


@pytest.mark.parametrize("authorization", [None, ""])
def test_no_authorization(client, authorization):
    assert answer_to(client, authorization) == (401, "Missing authorization header.")


def test_the_prefix_is_case_sensitive(client):
    token = client.log_in()
    assert answer_to(client, f"Bearer {token}")[0] == 200
    assert answer_to(client, f"bearer {token}") == (401, "Invalid Access Token")
    assert answer_to(client, f"BEARER {token}") == (401, "Invalid Access Token")


def test_a_tampered_or_foreign_token_is_refused(client):
    head, body, signature = client.log_in().split(".")
    swapped = signature[::-1]
    for token in (f"{head}.{body}.{swapped}", f"{head}.{body}.", "opaque", "Bearer", "a.b.c"):
        assert answer_to(client, f"Bearer {token}") == (401, "Invalid Access Token"), token


def test_an_expired_token_is_refused(client):
    client.registry.set_dials(token_expires=1)
    assert client.ask_token().json()["expires_in"] == 1
    client.log_in()
    assert client.search(NAMES).status_code == 200
    time.sleep(2.1)
    response = client.search(NAMES)
    assert (response.status_code, response.json()) == (401, {"detail": "Invalid Access Token"})


def test_authorization_is_looked_at_before_the_envelope(client):
    client.http.headers["Authorization"] = "Bearer x"
    assert client.post({}).status_code == 401
