"""What an answer of the token endpoint leads to."""

import time

import pytest
from wire.errors import ConfigurationError, TemporaryError
from wire.oauth import DEFAULT_LIFE, LONGEST_LIFE

from .peers import Reply, serving
from .providers import GOOD, asking
from .support import failure


def fetched(body, status=200):
    """The token that an answer leads to."""
    with serving(Reply(status, body)) as peer:
        return asking(peer).fetch()


def refusal(kind, body, status=200, headers=None):
    """The decision that an answer leads to."""
    with serving(Reply(status, body, headers or {})) as peer:
        return failure(kind, asking(peer).fetch)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"error": "unauthorized_client"}, "unauthorized_client"),
        ({"error": "invalid_client", "error_description": ""}, "invalid_client"),
        ({"error": {"code": 7}}, "no reason given"),
        ({"error": "x", "error_description": "why " * 9999}, "why why"),
    ],
)
@pytest.mark.parametrize("status", [200, 400, 401])
def test_an_oauth_error_is_a_matter_of_settings_whatever_its_status(body, words, status):
    error = refusal(ConfigurationError, body, status)
    assert f"refused: {words}" in str(error)
    assert len(str(error)) < 400


@pytest.mark.parametrize("status", [500, 502, 503, 408, 425, 429])
@pytest.mark.parametrize("body", [b"<html>", {"error": "server_error"}])
def test_a_provider_in_trouble_is_temporary(status, body):
    error = refusal(TemporaryError, body, status, {"Retry-After": "9"})
    assert f"({status})" in str(error)
    assert error.retry_after == 9.0


@pytest.mark.parametrize("body", [[], None, "text", 5, b"", b"[" * 50_000, b"\xff\xfe"])
def test_a_success_that_is_no_object_is_a_matter_of_settings(body):
    assert "no JSON object" in str(refusal(ConfigurationError, body))


@pytest.mark.parametrize("value", [5, ["a"], {"a": 1}, True, "a\r\nX: y", "a b", "é", "安"])
def test_a_token_that_cannot_travel_in_a_header_is_refused(value):
    error = refusal(ConfigurationError, GOOD | {"access_token": value})
    assert "no header value" in str(error)


@pytest.mark.parametrize(
    ("told", "life"),
    [
        (300, 300),
        ("300", 300),
        (300.0, 300),
        (10**8, LONGEST_LIFE),
        (None, DEFAULT_LIFE),
        (0, DEFAULT_LIFE),
    ],
)
def test_a_token_lives_as_long_as_the_provider_says_but_a_day_at_most(told, life):
    before = time.time()
    token = fetched(GOOD | {"expires_in": told})
    assert before + life <= token.expires_at <= time.time() + life


def test_a_provider_that_tells_no_life_gets_the_usual_one():
    body = {"access_token": "abc", "token_type": "Bearer"}
    assert fetched(body).expires_at <= time.time() + DEFAULT_LIFE


@pytest.mark.parametrize("life", ["soon", "1e400", float("inf"), float("nan"), [1], {"a": 1}, -5])
def test_a_life_that_is_no_number_of_seconds_is_a_matter_of_settings(life):
    assert "expires_in" in str(refusal(ConfigurationError, GOOD | {"expires_in": life}))
