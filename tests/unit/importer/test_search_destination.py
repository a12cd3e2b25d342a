"""Where a search may go, and where it must not: redirects, plain http, certificates."""

import socket

import pytest
from wire.errors import ConfigurationError, TemporaryError

from .answers import answer
from .peers import Reply, serving
from .support import CANARY, failure, fetch_at


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_refused_and_the_other_host_gets_nothing(status):
    with serving(Reply(200, answer())) as other:
        with serving(Reply(status, b"", {"Location": f"{other.url}/search"})) as peer:
            error = failure(ConfigurationError, fetch_at, peer.url)
        assert other.seen == []
    assert "redirects elsewhere" in str(error)
    assert peer.seen[0].headers["Authorization"] == f"Bearer {CANARY}"


def test_a_status_of_redirection_without_a_place_is_refused_too():
    with serving(Reply(304, b"")) as peer:
        assert "(304)" in str(failure(ConfigurationError, fetch_at, peer.url))


@pytest.mark.parametrize(
    "url",
    [
        "http://registry.example.test/search",
        "http://192.0.2.7/search",
        "http://127.0.0.1.example.test/search",
        "http://localhost@example.test/search",
        "ftp://registry.example.test/search",
        "registry.example.test/search",
        "//registry.example.test/search",
        "",
    ],
)
def test_nothing_goes_to_another_machine_unencrypted(url, monkeypatch):
    def connect(*_args, **_kwargs):
        raise AssertionError("a connection was made")

    monkeypatch.setattr(socket, "create_connection", connect)
    monkeypatch.setattr(socket, "getaddrinfo", connect)
    error = failure(ConfigurationError, fetch_at, url)
    assert "without encryption" in str(error)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_this_machine_may_be_called_unencrypted(host):
    """Nobody listens there, which shows that the call was made."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    failure(TemporaryError, fetch_at, f"http://{host}:{port}/search")


def test_unencrypted_calls_can_be_allowed_for_tests(no_names):
    """It gets as far as looking for the host."""
    failure(TemporaryError, fetch_at, "http://registry.example.test/", allowed_in_clear=True)


@pytest.mark.parametrize(
    "url", ["http://[::1/search", "ftp://127.0.0.1/x", "https://", "https:///x"]
)
def test_an_address_that_can_never_work_is_a_matter_of_settings(url):
    failure(ConfigurationError, fetch_at, url)


def test_a_certificate_nobody_vouches_for_is_a_matter_of_settings(certificate):
    with serving(Reply(200, answer()), certificate=certificate) as peer:
        error = failure(ConfigurationError, fetch_at, peer.url)
        assert peer.seen == []
    assert str(error).startswith("The certificate of 127.0.0.1 is signed by itself;")


def test_an_authority_of_the_operator_is_trusted(certificate, monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate[0]))
    with serving(Reply(200, answer()), certificate=certificate) as peer:
        assert fetch_at(peer.url).records == [{"name": CANARY}]


def test_a_password_of_the_machine_does_not_take_the_tokens_place(tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password something\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with serving(Reply(200, answer())) as peer:
        fetch_at(peer.url)
    assert peer.seen[0].headers["Authorization"] == f"Bearer {CANARY}"
