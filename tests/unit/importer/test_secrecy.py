"""Secrets and tokens stay out of exceptions, representations and the log."""

import logging

import pytest
from wire.connection import Connection
from wire.errors import RegistryError
from wire.oauth import ClientCredentials, Token

from .answers import answer
from .peers import Reply, serving
from .support import CANARY, all_words, credentials, fetch, fetch_at, way_to

SECRET = f"secret-{CANARY}"
TOKEN = f"token-{CANARY}"


def failed(call, *args, **kwargs):
    """The decision a call ends in, whichever it is."""
    with pytest.raises(RegistryError) as caught:
        call(*args, **kwargs)
    return caught.value


def asking(url):
    return ClientCredentials(url, "me", SECRET, connection=Connection(timeout=0.3))


def test_no_representation_shows_a_secret():
    known = asking("https://identity.example.test/token")
    assert CANARY not in repr(known) + str(known)
    token = Token(TOKEN, 5.0)
    assert CANARY not in repr(token) + str(token)
    transport = way_to("https://sr.example.test", lambda renew: token)
    assert CANARY not in repr(transport) + str(transport)
    transport.close()


@pytest.mark.parametrize(
    "reply",
    [
        Reply(400, {"error": "invalid_client", "error_description": f"no client {SECRET} here"}),
        Reply(401, {"error": f"bad {SECRET}"}),
        Reply(400, {"error": "x", "error_description": "y", "echo": SECRET}),
        Reply(403, f"<html>{SECRET}</html>".encode()),
        Reply(500, {"detail": SECRET}),
        Reply(302, b"", {"Location": f"https://elsewhere.example.test/?s={SECRET}"}),
        Reply(200, {"access_token": f"{TOKEN}\n", "expires_in": 5}),
        Reply(200, {"access_token": [TOKEN], "expires_in": 5}),
        Reply(200, {"access_token": TOKEN, "expires_in": TOKEN}),
        Reply(200, f"{{{TOKEN}".encode()),
        Reply(200, {"access_token": ""}, delay=0.5),
    ],
)
def test_no_failure_of_the_token_endpoint_shows_the_secret_or_the_token(reply):
    with serving(reply) as peer:
        assert CANARY not in all_words(failed(asking(peer.url).fetch))


@pytest.mark.parametrize(
    "reply",
    [
        Reply(401, b""),
        Reply(403, {"detail": "no"}),
        Reply(404, b"<html>"),
        Reply(404, {"detail": "Unknown field"}),
        Reply(422, {"detail": [{"loc": ["body"], "msg": "bad", "input": TOKEN}]}),
        Reply(500, b""),
        Reply(200, b"<html>", {"Content-Type": "text/html"}),
        Reply(200, b"{"),
        Reply(200, {}),
        Reply(307, b"", {"Location": "https://elsewhere.example.test/"}),
        Reply(200, {}, delay=0.5),
    ],
)
def test_no_failure_of_a_search_shows_the_token(reply):
    with serving(reply) as peer:
        error = failed(fetch_at, peer.url, TOKEN, timeout=0.3)
        assert peer.seen[0].headers["Authorization"] == f"Bearer {TOKEN}"
    assert CANARY not in all_words(error)


def test_nothing_secret_is_logged_even_when_everything_is(caplog):
    caplog.set_level(logging.DEBUG)
    with serving(Reply(200, {"access_token": TOKEN, "expires_in": 300})) as provider:
        token = asking(provider.url).fetch()
    with serving(Reply(200, answer())) as peer:
        fetch_at(peer.url, token.value)
    assert "127.0.0.1" in caplog.text  # urllib3 does speak
    assert CANARY not in caplog.text


def test_nothing_of_a_failed_search_is_logged(registry, caplog):
    caplog.set_level(logging.DEBUG)
    registry.set_dials(http_401=True)
    failed(fetch, registry)
    registry.set_dials(token_401=True)
    failed(credentials(registry, client_secret=SECRET).fetch)
    words = [r.getMessage() for r in caplog.records if not r.name.startswith("urllib3")]
    assert words == []
    assert "getRegistrants" not in caplog.text
