"""The records of a page as one text: a JSON list with one record on each line.

So a record can be compared as it was sent, without being written as JSON once more.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

#: In JSON written by Python no text holds a line break: it is escaped.
_SEPARATOR = ",\n"
#: What JSON was read from holds no circle, so nobody need look for one.
_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


def stage(records: Iterable[Any]) -> str:
    """The payload of a page, from the records as they came."""
    return f"[{_SEPARATOR.join(map(_encode, records))}]"


def unstage(payload: str) -> list[tuple[str, Any]]:
    """Each record of a page with its text.

    :raises ValueError: the payload does not come from :func:`stage`
    """
    return list(zip(_texts(payload), json.loads(payload), strict=True))


class StagedRows(Sequence):
    """The records of a page, each read when it is asked for: mostly that is the last one alone.

    :param payload: a text that :func:`stage` has made
    """

    def __init__(self, payload: str):
        self._texts = _texts(payload)

    def __len__(self) -> int:
        return len(self._texts)

    def __getitem__(self, place: int) -> Any:
        return json.loads(self._texts[place])


def _texts(payload: str) -> list[str]:
    inside = payload[1:-1]
    return inside.split(_SEPARATOR) if inside else []
