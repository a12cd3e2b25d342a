"""What makes a receipt proof: its lines are chained, and its head is signed, under a key."""

import hmac
import json
from collections.abc import Iterable, Sequence

#: What the chain of a receipt begins with; the number tells ways of writing it apart.
_BEGINNING = "g2p_mts.vid.deletion 1"
#: The one way of writing some content.
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
    begun, known = hmac.new(secret, digestmod="sha256"), _Known()
    for line in lines:
        text = ",".join([str(value) if type(value) is int else known[value] for value in line])
        link = begun.copy()
        link.update(f"{chain}\n[{text}]".encode())
        chain = link.hexdigest()
    return chain


def signature(secret: bytes, head: dict) -> str:
    """What only the holder of the key can write under a receipt.

    :param head: all that the receipt says, the end of its chain included
    """
    return _digest(secret, _text(head))


def is_same(one: str, other: str) -> bool:
    """Whether two digests are the same; takes as long whether they are or not."""
    return hmac.compare_digest(one or "", other or "")


class _Known(dict):
    """Value → how it is written. Most values but the numbers are the same from line to line."""

    def __missing__(self, value):
        self[value] = text = _text(value)
        return text


def _digest(secret: bytes, text: str) -> str:
    return hmac.digest(secret, text.encode(), "sha256").hex()
