"""Nonces drawn together are as good as nonces drawn one by one."""

import re

import pytest
from mts_meaning.nonce import new_nonce, new_nonces

FORM = re.compile(r"[A-Za-z0-9_-]{24}")


@pytest.mark.parametrize("number", [0, 1, 2, 1000])
def test_as_many_as_asked_for_each_of_its_own(number):
    nonces = new_nonces(number)
    assert len(set(nonces)) == len(nonces) == number
    assert all(FORM.fullmatch(nonce) for nonce in nonces)


def test_those_drawn_together_lie_side_by_side_and_have_96_bits_of_their_own():
    nonces = new_nonces(1000)
    assert nonces == sorted(nonces)
    assert len({nonce[:8] for nonce in nonces}) == 1
    assert len({nonce[8:] for nonce in nonces}) == 1000


def test_one_alone_has_the_same_form():
    assert FORM.fullmatch(new_nonce())
