"""Trouble below HTTP, and bodies that are not what they say."""

import socket

import pytest
from wire.errors import ConfigurationError, TemporaryError

from .answers import answer
from .peers import Reply, serving
from .support import failure, fetch, fetch_at


def refused(registry, kind, **dials):
    """The decision that a fault leads to."""
    registry.set_dials(**dials)
    return failure(kind, fetch, registry)


def test_a_connection_reset_is_temporary(registry):
    error = refused(registry, TemporaryError, reset=True)
    assert str(error) == "The connection to 127.0.0.1 failed or was cut."


def test_nobody_listening_is_temporary():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    failure(TemporaryError, fetch_at, f"http://127.0.0.1:{port}/search")


def test_a_name_that_does_not_resolve_is_temporary(no_names):
    failure(TemporaryError, fetch_at, "https://registry.example.test/search")


def test_a_slow_registry_is_temporary_and_the_seconds_are_named(registry):
    registry.set_dials(latency=1.0)
    error = failure(TemporaryError, fetch, registry, timeout=0.2)
    assert str(error) == "127.0.0.1 did not answer within 0.2 seconds."


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99])
def test_a_cut_body_is_temporary(registry, share):
    refused(registry, TemporaryError, cut_body=share)


def test_json_under_a_wrong_content_type_is_still_read(registry):
    registry.set_dials(content_type="text/plain")
    assert len(fetch(registry).records) == 3


@pytest.mark.parametrize("status", [200, 201])
def test_a_web_page_instead_of_an_answer_is_a_matter_of_settings(registry, status):
    error = refused(registry, ConfigurationError, html=status)
    assert "answers text/html instead of JSON" in str(error)


@pytest.mark.parametrize("body", [b"", b"[" * 50_000, b'{"message"', b"\xff\xfe\x00"])
def test_a_body_that_calls_itself_json_and_is_none_is_temporary(body):
    with serving(Reply(200, body)) as peer:
        failure(TemporaryError, fetch_at, peer.url)


def test_a_large_answer_arrives_whole():
    rows = [{"name": f"Household {number}", "address": "x" * 2000} for number in range(1000)]
    body = answer(data={"reg_records": {"getRegistrants": rows}})
    with serving(Reply(200, body)) as peer:
        assert fetch_at(peer.url).records == rows
