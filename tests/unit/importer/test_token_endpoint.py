"""Asking for a token, over real sockets."""

import time

import pytest
from wire.errors import ConfigurationError, TemporaryError
from wire.oauth import DEFAULT_LIFE, LONGEST_LIFE, ClientCredentials

from tests.servers.social_registry.launcher import running

from .peers import Reply, serving
from .support import CANARY, credentials, failure, fetch

GOOD = {"access_token": "abc.def-123_~+/==", "expires_in": 300, "token_type": "Bearer"}


def asking(peer, **changes):
    """Credentials for a peer whose answers a test decides about."""
    known = {"token_url": f"{peer.url}/token", "client_id": "me", "client_secret": CANARY}
    return ClientCredentials(**known | changes)


def fetched(body, status=200):
    """The token that an answer leads to."""
    with serving(Reply(status, body)) as peer:
        return asking(peer).fetch()


def refusal(kind, body, status=200, headers=None):
    """The decision that an answer leads to."""
    with serving(Reply(status, body, headers or {})) as peer:
        return failure(kind, asking(peer).fetch)


def test_a_token_is_asked_for_by_client_credentials_in_the_form():
    with serving(Reply(200, GOOD)) as peer:
        assert asking(peer).fetch().value == GOOD["access_token"]
    (seen,) = peer.seen
    assert (seen.method, seen.path) == ("POST", "/token")
    assert seen.form == {
        "grant_type": "client_credentials",
        "client_id": "me",
        "client_secret": CANARY,
    }
    assert "Authorization" not in seen.headers


def test_the_grant_type_is_a_setting():
    with serving(Reply(200, GOOD)) as peer:
        asking(peer, grant_type="urn:example:grant").fetch()
    assert peer.seen[0].form["grant_type"] == "urn:example:grant"


def test_the_samples_provider_gives_a_token_that_the_registry_takes(registry):
    assert len(fetch(registry).records) == 3
    assert registry.token_calls() == 1


def test_a_secret_may_hold_any_character():
    secret = "a b+c&d=e%41%zz\"'\\/?#é安"
    with running(households=1, client_secret=secret) as registry:
        registry.client_secret = secret
        assert credentials(registry).fetch().value


def test_a_wrong_secret_is_refused_in_the_providers_own_words(registry):
    error = failure(ConfigurationError, credentials(registry, client_secret="wrong").fetch)
    assert str(error).endswith("refused: Invalid client or Invalid client credentials")


def test_another_grant_is_refused_in_the_providers_own_words(registry):
    error = failure(ConfigurationError, credentials(registry, grant_type="password").fetch)
    assert "Unsupported grant_type" in str(error)


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


@pytest.mark.parametrize("status", [200, 201])
def test_a_web_page_is_a_matter_of_settings(registry, status):
    registry.set_dials(token_html=status)
    error = failure(ConfigurationError, credentials(registry).fetch)
    assert "no JSON" in str(error)


@pytest.mark.parametrize("status", [302, 400, 401, 403, 404])
def test_a_web_page_that_is_no_success_shows_its_status(registry, status):
    registry.set_dials(token_html=status)
    error = failure(ConfigurationError, credentials(registry).fetch)
    assert f"({status})" in str(error)


@pytest.mark.parametrize("body", [[], None, "text", 5, b"", b"[" * 50_000, b"\xff\xfe"])
def test_a_success_that_is_no_object_is_a_matter_of_settings(body):
    assert "no JSON object" in str(refusal(ConfigurationError, body))


def test_a_missing_token_is_a_matter_of_settings(registry):
    registry.set_dials(token_missing=True)
    error = failure(ConfigurationError, credentials(registry).fetch)
    assert str(error) == "The token endpoint answered without an access token."


@pytest.mark.parametrize("value", [5, ["a"], {"a": 1}, True, "a\r\nX: y", "a b", "é", "安"])
def test_a_token_that_cannot_travel_in_a_header_is_refused(value):
    error = refusal(ConfigurationError, GOOD | {"access_token": value})
    assert "no header value" in str(error)


def test_a_slow_provider_is_temporary(registry):
    registry.set_dials(token_slow=1.0)
    failure(TemporaryError, credentials(registry, timeout=0.2).fetch)


def test_an_unreachable_provider_is_temporary(no_names):
    asked = ClientCredentials("https://identity.example.test/token", "me", CANARY)
    failure(TemporaryError, asked.fetch)


@pytest.mark.parametrize(
    "url", ["http://identity.example.test/token", "ftp://127.0.0.1/token", "https://", "nonsense"]
)
def test_an_address_that_is_unsafe_or_unusable_is_a_matter_of_settings(url, no_names):
    failure(ConfigurationError, ClientCredentials(url, "me", CANARY).fetch)


def test_a_redirect_does_not_take_the_secret_along():
    with serving(Reply(200, GOOD)) as other:
        with serving(Reply(307, b"", {"Location": f"{other.url}/token"})) as peer:
            error = failure(ConfigurationError, asking(peer).fetch)
        assert other.seen == []
    assert "(307)" in str(error)


def test_a_certificate_nobody_vouches_for_is_a_matter_of_settings(certificate):
    with serving(Reply(200, GOOD), certificate=certificate) as peer:
        failure(ConfigurationError, asking(peer).fetch)
        assert peer.seen == []


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
