import hmac
import json
import tracemalloc
from datetime import datetime
from itertools import chain, repeat

import pytest
from mts_meaning import receipt

KEY, OTHER = b"k" * 32, b"o" * 32
AT = datetime(2026, 3, 4, 5, 6, 7)
LINES = [(n, 100 + n, 1, "deleted", None, AT) for n in range(5)]
HEAD = {"id": 7, "state": "done", "found": {"message": 1, "job": 2}, "at": AT}


def end(lines, secret=KEY, number=7):
    return receipt.chained(secret, receipt.beginning(secret, number), lines)


def test_the_chain_is_the_same_in_one_part_or_in_several():
    parts = receipt.chained(KEY, end(LINES[:2]), LINES[2:])
    assert parts == end(LINES)


@pytest.mark.parametrize(
    "lines",
    [
        LINES[:-1],
        LINES[1:],
        [*LINES, LINES[0]],
        [LINES[1], LINES[0], *LINES[2:]],
        [(*LINES[0][:-1], AT.replace(second=8)), *LINES[1:]],
        [(*LINES[0], "more"), *LINES[1:]],
        [],
    ],
)
def test_any_other_lines_give_another_chain(lines):
    assert end(lines) != end(LINES)


def test_the_chain_is_what_it_was_when_older_receipts_were_signed():
    lines = [*LINES, (9, None, None, "failed", 'Ñ "…"\n', AT)]
    link = hmac.new(KEY, b"g2p_mts.vid.deletion 1\n7", "sha256").hexdigest()
    for line in lines:
        text = f"{link}\n{json.dumps(line, separators=(',', ':'), default=str)}"
        link = hmac.new(KEY, text.encode(), "sha256").hexdigest()
    assert end(lines) == link


def test_lines_cannot_be_moved_to_another_receipt():
    assert end(LINES, number=8) != end(LINES)


def test_who_lacks_the_key_cannot_make_the_chain_or_the_signature():
    assert end(LINES, OTHER) != end(LINES)
    assert receipt.signature(OTHER, HEAD) != receipt.signature(KEY, HEAD)


def test_the_signature_is_over_what_is_said_and_not_over_its_order():
    turned = {**dict(reversed(HEAD.items())), "found": {"job": 2, "message": 1}}
    assert receipt.signature(KEY, turned) == receipt.signature(KEY, HEAD)


@pytest.mark.parametrize("name", HEAD)
def test_any_change_of_the_head_gives_another_signature(name):
    assert receipt.signature(KEY, {**HEAD, name: "other"}) != receipt.signature(KEY, HEAD)


def test_values_that_look_alike_are_told_apart():
    assert end([("1", "2")]) != end([("1,2",)])
    assert end([(1,)]) != end([("1",)])


def test_nothing_is_no_digest_of_anything():
    assert receipt.is_same("a", "a")
    assert not receipt.is_same("a", None)


def test_many_lines_take_the_memory_of_one():
    tracemalloc.start()
    end(chain.from_iterable(repeat(LINES, 20_000)))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 100_000
