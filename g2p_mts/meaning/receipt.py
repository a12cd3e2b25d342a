"""What makes a receipt proof: its lines are chained, and its head is signed, under a key."""

import hmac
import json
from collections.abc import Iterable, Sequence

#: What the chain of a receipt begins with; the number tells ways of writing it apart.
_BEGINNING = "g2p_mts.vid.deletion 1"
#: The one way of writing some content; made once, for it is used for every line.
_text = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=str).encode


def beginning(secret: bytes, receipt: int) -> str:
    """The chain of a receipt without lines.

    :param receipt: its id, so that lines cannot be moved to another one
    """
    return _digest(secret, f"{_BEGINNING}\n{receipt}")


def chained(secret: bytes, chain: str, lines: Iterable[Sequence]) -> str:
    """The chain after these lines: each digest holds the one before.

    A line that is changed, added, left out or put elsewhere gives another end. Needs the memory
    of one line, however many there are.

    :param lines: the values of each line, in the order of the lines
    """
    for line in lines:
        chain = _digest(secret, f"{chain}\n{_text(line)}")
    return chain


def signature(secret: bytes, head: dict) -> str:
    """What only the holder of the key can write under a receipt.

    :param head: all that the receipt says, the end of its chain included
    """
    return _digest(secret, _text(head))


def is_same(one: str, other: str) -> bool:
    """Whether two digests are the same; takes as long whether they are or not."""
    return hmac.compare_digest(one or "", other or "")


def _digest(secret: bytes, text: str) -> str:
    return hmac.digest(secret, text.encode(), "sha256").hex()
