"""The list of faults, and the two calls most of them spoil."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from wire.authentication import fixed_token
from wire.client import SocialRegistry
from wire.connection import Connection
from wire.oauth import ClientCredentials
from wire.transport import G2PConnectTransport

from ..support import CANARY, FIRST, HOUSEHOLDS

Call = Callable[[], object]
FAULTS: dict[str, Callable[..., Iterator[Call]]] = {}


def fault(name: str):
    """Enter a generator in the list, as a context manager."""

    def enter(generator):
        FAULTS[name] = contextmanager(generator)
        return generator

    return enter


def search(url: str, **connection) -> object:
    """Ask for a page with a token nobody gave."""
    way = G2PConnectTransport(url, fixed_token(CANARY), Connection(**connection))
    with SocialRegistry(way) as source:
        return source.fetch(HOUSEHOLDS, FIRST)


def token(url: str, **connection) -> object:
    """Ask for a token."""
    return ClientCredentials(url, "me", CANARY, connection=Connection(**connection)).fetch()
