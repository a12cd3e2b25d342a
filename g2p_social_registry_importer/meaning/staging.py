"""The records of a page as one text: a JSON list with one record on each line.

So a record can be compared as it was sent, without being written as JSON once more.
"""

import json
from collections.abc import Iterable
from typing import Any

#: In JSON written by Python no text holds a line break: it is escaped.
_SEPARATOR = ",\n"
_encode = json.JSONEncoder(separators=(",", ":")).encode


def stage(records: Iterable[Any]) -> str:
    """The payload of a page, from the records as they came."""
    return f"[{_SEPARATOR.join(map(_encode, records))}]"


def unstage(payload: str) -> list[tuple[str, Any]]:
    """Each record of a page with its text.

    :raises ValueError: the payload does not come from :func:`stage`
    """
    records = json.loads(payload)
    texts = payload[1:-1].split(_SEPARATOR) if records else []
    return list(zip(texts, records, strict=True))
