"""Who may ask: each way of proving it, against the sample registry over real sockets."""

import pytest
from wire.authentication import api_key, basic, fixed_token
from wire.client import SocialRegistry
from wire.errors import ConfigurationError
from wire.transport import G2PConnectTransport

from tests.servers.social_registry.launcher import running

from .answers import answer
from .peers import Reply, serving
from .providers import GOOD, asking
from .support import CANARY, FIRST, HOUSEHOLDS, failure

WAYS = {
    "fixed token": ({"fixed_token": "plain-word"}, lambda: fixed_token("plain-word")),
    "basic": ({"basic": "ñandú:pass:wörd"}, lambda: basic("ñandú", "pass:wörd")),
    "key": (
        {"api_key": "X-Registry-Key=plain-word"},
        lambda: api_key("x-registry-key", "plain-word"),
    ),
}
WRONG = {
    "fixed token": (lambda: fixed_token("other"), "token (401): Invalid Access Token"),
    "basic": (lambda: basic("ñandú", "other"), "user name and password (401): Bad credentials"),
    "key": (lambda: api_key("X-Registry-Key", "other"), "API key (401): Invalid API key"),
}


def ask(url, proof):
    with SocialRegistry(G2PConnectTransport(url, proof)) as source:
        return source.fetch(HOUSEHOLDS, FIRST)


@pytest.fixture(scope="module", params=WAYS)
def way(request):
    options, proof = WAYS[request.param]
    with running(households=3, **options) as registry:
        yield registry, proof, WRONG[request.param]


def test_the_registry_answers_who_proves_it_in_its_way(way):
    registry, proof, _wrong = way
    assert len(ask(registry.search_url, proof()).records) == 3


def test_a_wrong_proof_is_refused_by_its_name_with_the_registrys_words_and_not_tried_again(way):
    registry, _proof, (wrong, words) = way
    registry.clear_log()
    error = failure(ConfigurationError, ask, registry.search_url, wrong())
    assert f"does not accept our {words}" in str(error)
    assert [search["status"] for search in registry.log()] == [401]


@pytest.mark.parametrize("make", [fixed_token, lambda key: api_key("X-API-Key", key)])
@pytest.mark.parametrize("value", ["", f"{CANARY}\r\nX-Other: 1", f" {CANARY}", f"{CANARY}é"])
def test_what_cannot_stand_in_a_header_is_refused_and_not_quoted(make, value):
    assert CANARY not in str(failure(ConfigurationError, make, value))


@pytest.mark.parametrize("pair", [("", CANARY), ("a:b", CANARY), ("somebody", "")])
def test_a_user_name_with_a_colon_or_half_a_login_is_refused(pair):
    assert CANARY not in str(failure(ConfigurationError, basic, *pair))


@pytest.mark.parametrize("name", ["", "Host", "content-type", "X Key", "X-Key:", "X\r\nY"])
def test_a_header_that_is_none_or_taken_is_refused(name):
    assert "X-API-Key is usual" in str(failure(ConfigurationError, api_key, name, CANARY))


@pytest.mark.parametrize("make", [fixed_token, lambda key: api_key("X-API-Key", key)])
def test_no_representation_shows_the_proof(make):
    assert CANARY not in repr(make(CANARY)) + repr(make(CANARY).header())


def test_a_password_of_the_machine_does_not_take_the_keys_place(tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password something\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with serving(Reply(200, answer())) as peer:
        ask(peer.url, api_key("X-API-Key", CANARY))
    assert peer.seen[0].headers["X-API-Key"] == CANARY
    assert "Authorization" not in peer.seen[0].headers


def test_scope_and_audience_go_along_when_they_are_given():
    with serving(Reply(200, GOOD)) as peer:
        asking(peer, scope="read search", audience="registry").fetch()
        asking(peer).fetch()
    first, second = (seen.form for seen in peer.seen)
    assert (first["scope"], first["audience"]) == ("read search", "registry")
    assert not second.keys() & {"scope", "audience"}


def test_the_secret_goes_as_basic_when_the_provider_wants_it_so():
    with serving(Reply(200, GOOD)) as peer:
        asking(peer, secret_as_basic=True).fetch()
    (seen,) = peer.seen
    assert seen.form == {"grant_type": "client_credentials"}
    assert seen.headers["Authorization"].startswith("Basic ")


@pytest.mark.parametrize("secret", ["plain", "a b+c&d=e%41%zz\"'\\/?#é安:x"])
def test_a_secret_as_basic_may_hold_any_character(secret):
    with running(households=1, client_secret=secret) as registry:
        token = asking(registry, **_known(registry, secret)).fetch()
        assert token.value


def _known(registry, secret):
    return {
        "token_url": registry.token_url,
        "client_id": registry.client_id,
        "client_secret": secret,
        "secret_as_basic": True,
    }
