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


def test_one_alone_has_the_same_form():
    assert FORM.fullmatch(new_nonce())
