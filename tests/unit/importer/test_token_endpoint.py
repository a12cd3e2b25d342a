"""Asking for a token, over real sockets."""

import pytest
from wire.errors import ConfigurationError, TemporaryError
from wire.oauth import ClientCredentials

from tests.servers.social_registry.launcher import running

from .peers import Reply, serving
from .providers import GOOD, asking
from .support import CANARY, credentials, failure, fetch


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
    assert "refused: Invalid client or Invalid client credentials. Check" in str(error)


def test_another_grant_is_refused_in_the_providers_own_words(registry):
    error = failure(ConfigurationError, credentials(registry, grant_type="password").fetch)
    assert "Unsupported grant_type" in str(error)


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


def test_a_missing_token_is_a_matter_of_settings(registry):
    registry.set_dials(token_missing=True)
    error = failure(ConfigurationError, credentials(registry).fetch)
    assert str(error) == "The token endpoint answered without an access token; check its path."


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
