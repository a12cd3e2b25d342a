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


def end_of_1_3(lines):
    """The chain as version 1.3 has made it, line by line."""
    link = hmac.new(KEY, b"g2p_mts.vid.deletion 1\n7", "sha256").hexdigest()
    for line in lines:
        text = f"{link}\n{json.dumps(line, separators=(',', ':'), default=str)}"
        link = hmac.new(KEY, text.encode(), "sha256").hexdigest()
    return link


def again(chain, lines):
    """The chain made anew of lines that are read one by one."""
    return receipt.chained_like(chain, KEY, 7, iter(lines))


def test_a_chain_of_several_batches_is_found_again():
    batches = receipt.chained(KEY, end(LINES[:2]), LINES[2:])
    assert again(batches, LINES) == batches
    assert batches.endswith(":2,3")


def test_a_batch_without_lines_changes_nothing():
    assert receipt.chained(KEY, end(LINES), []) == end(LINES)
    assert again(end([]), []) == end([])
    assert again("", []) == end([])


@pytest.mark.parametrize("number", range(len(LINES)))
def test_a_line_that_is_changed_or_gone_is_found_in_any_batch(number):
    batches = receipt.chained(KEY, end(LINES[:2]), LINES[2:])
    other = (*LINES[number][:-1], None)
    before, after = LINES[:number], LINES[number + 1 :]
    assert again(batches, [*before, other, *after]) != batches
    assert again(batches, [*before, *after]) != batches
    assert again(batches, [*before, other, LINES[number], *after]) != batches


def test_lines_do_not_move_from_one_batch_to_the_next():
    assert receipt.chained(KEY, end(LINES[:2]), LINES[2:]) != receipt.chained(
        KEY, end(LINES[:3]), LINES[3:]
    )
    digest, sizes = receipt.chained(KEY, end(LINES[:2]), LINES[2:]).split(":")
    assert again(f"{digest}:3,2", LINES) != f"{digest}:{sizes}"


@pytest.mark.parametrize(
    "lines",
    [
        LINES[:-1],
        LINES[1:],
        [*LINES, LINES[0]],
        [LINES[1], LINES[0], *LINES[2:]],
        [(*LINES[0][:-1], AT.replace(second=8)), *LINES[1:]],
        [(*line, "more") for line in LINES],
        [],
    ],
)
def test_any_other_lines_give_another_chain(lines):
    assert end(lines) != end(LINES)


def test_the_chain_is_what_it_was_when_older_receipts_were_signed():
    lines = [*LINES, (9, None, None, "failed", 'Ñ "…"\n', AT)]
    old = end_of_1_3(lines)
    assert again(old, lines) == old
    assert again(old, lines[1:]) != old
    assert again(old, [*lines, lines[0]]) != old


def test_a_receipt_that_1_3_has_begun_goes_on_as_it_was_begun():
    assert receipt.chained(KEY, end_of_1_3(LINES[:2]), LINES[2:]) == end_of_1_3(LINES)


def test_a_chain_of_today_is_what_it_will_be_when_it_is_verified():
    columns = list(zip(*[*LINES, (9, None, None, "failed", 'Ñ "…"\n', AT)], strict=True))
    begun = hmac.new(KEY, b"g2p_mts.vid.deletion 2\n7", "sha256").hexdigest()
    text = f"{begun}\n{json.dumps(columns, separators=(',', ':'), default=str)}"
    link = hmac.new(KEY, text.encode(), "sha256").hexdigest()
    assert end(list(zip(*columns, strict=True))) == f"{link}:6"


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


def test_many_lines_take_the_memory_of_one_batch():
    sizes = ",".join(["1000"] * 100)
    tracemalloc.start()
    again(f"x:{sizes}", chain.from_iterable(repeat(LINES, 20_000)))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1_000_000
