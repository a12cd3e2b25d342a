"""Shorthand for asking a registry, and for looking at what went wrong."""

from collections.abc import Iterator
from typing import Any

import pytest
from wire.authentication import OAuth
from wire.client import Answer, SocialRegistry
from wire.connection import Connection
from wire.oauth import ClientCredentials, Token
from wire.query import Page, RegistryQuery
from wire.transport import G2PConnectTransport

#: In a value that must not come back in a message.
CANARY = "canary-4711"
HOUSEHOLDS = RegistryQuery("{ getRegistrants { name isGroup regIds { idTypeAsStr value } } }")
FIRST = Page(is_group=True, limit=3)


class Tokens:
    """Keeps a token the way a data source does, and remembers how it was asked."""

    def __init__(self, credentials: ClientCredentials):
        self.credentials = credentials
        self.calls: list[bool] = []
        self.token = Token("")

    def __call__(self, *, renew: bool = False) -> Token:
        self.calls.append(renew)
        if renew or not self.token.is_fresh:
            self.token = self.credentials.fetch()
        return self.token


def credentials(registry, **changes: Any) -> ClientCredentials:
    """The credentials the sample registry knows."""
    known = {
        "token_url": registry.token_url,
        "client_id": registry.client_id,
        "client_secret": registry.client_secret,
    }
    if "timeout" in changes:
        changes["connection"] = Connection(timeout=changes.pop("timeout"))
    return ClientCredentials(**known | changes)


def way_to(url: str, token, *, sender_id: str = "", **connection: Any) -> G2PConnectTransport:
    """The way to a registry, with a token that is asked for by ``token(renew=…)``."""
    return G2PConnectTransport(url, OAuth(token), Connection(**connection), sender_id=sender_id)


def fetch(registry, query=HOUSEHOLDS, page=FIRST, *, tokens=None, **options: Any) -> Answer:
    """Ask the sample registry for one page."""
    tokens = tokens or Tokens(credentials(registry))
    with SocialRegistry(way_to(registry.search_url, tokens, **options)) as source:
        return source.fetch(query, page)


def sent(registry, query=HOUSEHOLDS, page=FIRST):
    """The envelope the registry got."""
    fetch(registry, query, page)
    return registry.log()[-1]["envelope"]


def criteria(envelope):
    return envelope["message"]["search_request"][0]["search_criteria"]


def fetch_at(url: str, token: str = CANARY, **options: Any) -> Answer:
    """Ask for one page at any address, with a token that must not come back."""
    with SocialRegistry(way_to(url, lambda renew: Token(token, 0.0), **options)) as source:
        return source.fetch(HOUSEHOLDS, FIRST)


def failure(kind: type[Exception], call, *args: Any, **kwargs: Any) -> Exception:
    """The exception of exactly this class that a call must raise."""
    with pytest.raises(kind) as caught:
        call(*args, **kwargs)
    assert type(caught.value) is kind
    return caught.value


def chain(error: BaseException) -> Iterator[BaseException]:
    """The exception and what a traceback shows above it."""
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def all_words(error: BaseException) -> str:
    """Everything a log or a traceback would show of an exception and its causes."""
    return "\n".join(f"{link!s}\n{link!r}\n{link.args!r}" for link in chain(error))
