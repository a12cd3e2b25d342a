"""Authorities, client certificates and proxies, when all is well."""

import pytest
import requests
from wire.authentication import fixed_token
from wire.client import SocialRegistry
from wire.connection import Connection
from wire.oauth import ClientCredentials
from wire.transport import G2PConnectTransport

from tests.servers.social_registry.launcher import running

from .answers import answer
from .peers import Reply, serving
from .providers import GOOD
from .support import CANARY, FIRST, HOUSEHOLDS, Tokens, credentials, fetch


def ask(url, **connection):
    way = G2PConnectTransport(url, fixed_token(CANARY), Connection(**connection))
    with SocialRegistry(way) as source:
        return source.fetch(HOUSEHOLDS, FIRST).records


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_the_authority_that_is_entered_is_trusted(authority, host):
    known = authority.identity("known") if host == "127.0.0.1" else authority.named("localhost")
    with serving(Reply(200, answer()), certificate=known.paths) as peer:
        url = peer.url.replace("127.0.0.1", host)
        assert ask(url, ca_bundle=authority.pem) == [{"name": CANARY}]


def test_token_and_search_go_over_encrypted_connections_with_a_client_certificate(authority):
    ours, theirs = authority.identity("client"), authority.identity("registry")
    wishes = {"certificate": theirs.chain, "key": theirs.key, "client_ca": authority.file}
    way = {
        "ca_bundle": authority.pem,
        "client_certificate": ours.chain.read_text(),
        "client_key": ours.key.read_text(),
    }
    with running(households=3, **wishes) as registry:
        registry.trust(str(theirs.chain), *map(str, ours.paths))
        assert registry.url.startswith("https://")
        tokens = Tokens(credentials(registry, connection=Connection(**way)))
        assert len(fetch(registry, tokens=tokens, **way).records) == 3


def test_the_key_leaves_no_file_behind(authority, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ours = authority.identity("client")
    key = ours.key.read_text()
    Connection(client_certificate=ours.chain.read_text(), client_key=key).equip(requests.Session())
    assert list(tmp_path.iterdir()) == []
    assert key not in repr(Connection(client_key=key))


def test_all_calls_take_the_proxy_whatever_the_environment_says(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    with serving(Reply(200, GOOD), Reply(200, answer())) as proxy:
        way = Connection(proxy=proxy.url, allowed_in_clear=True)
        token = ClientCredentials("http://id.example.test/token", "me", "x", connection=way).fetch()
        ask("http://sr.example.test/search", proxy=proxy.url, allowed_in_clear=True)
    assert token.value == GOOD["access_token"]
    paths = [seen.path for seen in proxy.seen]
    assert paths == ["http://id.example.test/token", "http://sr.example.test/search"]


def test_without_a_proxy_of_its_own_the_environment_decides(monkeypatch):
    monkeypatch.delenv("NO_PROXY")
    with serving(Reply(200, answer())) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        ask("http://sr.example.test/search", allowed_in_clear=True)
    assert proxy.seen[0].path == "http://sr.example.test/search"
