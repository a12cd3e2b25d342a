"""When a token is used again, and how it is written into the header."""

import time

import pytest
from wire.oauth import MARGIN, Token

from .support import Tokens, credentials, fetch


@pytest.mark.parametrize(
    ("left", "fresh"),
    [(MARGIN + 5, True), (MARGIN - 5, False), (0, False), (-100, False), (3600, True)],
)
def test_a_token_is_used_until_a_minute_before_its_end(left, fresh):
    assert Token("abc", time.time() + left).is_fresh is fresh


def test_no_token_is_never_fresh():
    assert not Token("", time.time() + 3600).is_fresh
    assert not Token("abc").is_fresh


def test_one_token_serves_many_pages(registry):
    tokens = Tokens(credentials(registry))
    for _ in range(4):
        fetch(registry, tokens=tokens)
    assert registry.token_calls() == 1
    assert tokens.calls == [False] * 4


def test_a_token_about_to_end_is_replaced_before_it_is_refused(registry):
    registry.set_dials(token_expires=MARGIN - 1)
    tokens = Tokens(credentials(registry))
    for _ in range(3):
        fetch(registry, tokens=tokens)
    assert registry.token_calls() == 3
    assert {search["status"] for search in registry.log()} == {200}


@pytest.mark.parametrize("kind", ["bearer", "BEARER", "Bearer", "mac", ""])
def test_the_header_is_bearer_whatever_the_token_type(registry, kind):
    registry.set_dials(token_type=kind)
    tokens = Tokens(credentials(registry))
    assert len(fetch(registry, tokens=tokens).records) == 3
    assert tokens.token.header == f"Bearer {tokens.token.value}"
