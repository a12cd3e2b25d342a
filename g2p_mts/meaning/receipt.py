"""What makes a receipt proof: its lines are chained, and its head is signed, under a key.

A chain is a text: the digest of its last link and, behind a colon, how many lines each link holds.
A link holds all lines of a batch, as to digest each by itself took longer than to write it. Chains
that 1.3 or older has begun have no colon, and a line in each link; they are verified, and gone on
with, as they are.
"""

import hmac
import json
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice

#: What the chain of a receipt begins with; the number tells ways of writing it apart.
_BEGINNING, _BEGINNING_OF_1_3 = "g2p_mts.vid.deletion 2", "g2p_mts.vid.deletion 1"
_COLON, _COMMA = ":", ","
#: Types that JSON has; all other values are written as texts.
_PLAIN = {int, str, type(None)}
#: The one way of writing some content.
_text = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=str).encode


def beginning(secret: bytes, receipt: int) -> str:
    """The chain of a receipt without lines.

    :param receipt: its id, so that lines cannot be moved to another one
    """
    return _digest(secret, f"{_BEGINNING}\n{receipt}") + _COLON


def chained(secret: bytes, chain: str, lines: Sequence[Sequence]) -> str:
    """The chain after these lines: each digest holds the one before.

    A line that is changed, added, left out or put elsewhere gives another end.

    :param lines: the values of each line, in the order of the lines
    """
    if not lines:
        return chain
    end, colon, sizes = chain.partition(_COLON)
    if not colon:
        return _chained_one_by_one(secret, chain, lines)
    link = _digest(secret, f"{end}\n{_columns(lines)}")
    return link + _COLON + _COMMA.join(filter(None, (sizes, str(len(lines)))))


def chained_like(chain: str, secret: bytes, receipt: int, lines: Iterable[Sequence]) -> str:
    """The chain of these lines, written as another one is: the same, if the lines are.

    Needs the memory of one link, however many lines there are.

    :param chain: the other one; empty if there is none yet
    :param receipt: as for :func:`beginning`
    """
    _end, colon, sizes = (chain or _COLON).partition(_COLON)
    lines = iter(lines)
    if not colon:
        begun = _digest(secret, f"{_BEGINNING_OF_1_3}\n{receipt}")
        return _chained_one_by_one(secret, begun, lines)
    again = beginning(secret, receipt)
    for size in map(int, filter(None, sizes.split(_COMMA))):
        again = chained(secret, again, list(islice(lines, size)))
    return chained(secret, again, list(lines))


def signature(secret: bytes, head: dict) -> str:
    """What only the holder of the key can write under a receipt.

    :param head: all that the receipt says, the end of its chain included
    """
    return _digest(secret, _text(head))


def is_same(one: str, other: str) -> bool:
    """Whether two digests are the same; takes as long whether they are or not."""
    return hmac.compare_digest(one or "", other or "")


def _columns(lines):
    """The text of many lines: column by column, as most values of a column are alike."""
    return _text([_plain(column) for column in zip(*lines, strict=True)])


def _plain(column):
    """The values as JSON has them: times, of which there are few, as texts."""
    if set(map(type, column)) <= _PLAIN:
        return column
    return list(map(cache(_as_json), column))


def _as_json(value):
    return value if type(value) in _PLAIN else str(value)


def _chained_one_by_one(secret, chain, lines):
    """The chain as 1.3 has made it."""
    for line in lines:
        chain = _digest(secret, f"{chain}\n{_text(line)}")
    return chain


def _digest(secret: bytes, text: str) -> str:
    return hmac.digest(secret, text.encode(), "sha256").hex()
