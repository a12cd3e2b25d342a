"""Rows fetched before, and recognising them when they come again."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Any

Rows = Sequence[dict | None]


def are_different(rows: Rows) -> bool:
    """Whether two of these rows can be told apart, so that all of them tell where they are."""
    keys = (key for key in map(_key, rows) if key is not None)
    first = next(keys, None)
    return any(key != first for key in keys)


def keys_of(rows: Rows) -> list:
    """What each row is known by: its identifiers, else all it says; None for a refused one."""
    return [_key(row) for row in rows]


def _key(row: Any):
    listed = row.get("regIds") if isinstance(row, dict) else None
    ids = frozenset(_identifiers(listed)) if isinstance(listed, list) else None
    return ids or (None if row is None else json.dumps(row, sort_keys=True))


def _identifiers(listed: list):
    for one in listed:
        if isinstance(one, dict) and one.get("idTypeAsStr") and one.get("value"):
            yield str(one["idTypeAsStr"]).casefold(), str(one["value"])


class KnownRows:
    """The rows of earlier pages, by what they are known by.

    :param earlier: the rows of each page, from the last page back; read as far as needed
    """

    def __init__(self, earlier: Iterable[Rows]):
        self._earlier = iter(earlier)
        self._pages: list[Rows] = []
        while self.last is None and self.load():
            pass

    def load(self) -> bool:
        """Look one page further back; tell whether there was one."""
        rows = next(self._earlier, None)
        self._pages[:0] = [] if rows is None else [rows]
        return rows is not None

    @property
    def last(self):
        """What the last row that was not refused is known by; None when there is none."""
        return next((key for key in self._backwards() if key is not None), None)

    @property
    def overlap(self) -> int:
        """How many rows to ask for again: that one, and those behind it, which were refused."""
        return 0 if self.last is None else self._met_from(self.last)

    def last_place_in(self, rows: Rows) -> int | None:
        """The place, from 0, of the last of these rows that is known."""
        left = Counter(key for rows in self._pages for key in keys_of(rows))
        found = None
        for place, key in enumerate(keys_of(rows)):
            if key is not None and left[key]:
                left[key] -= 1
                found = place
        return found

    def met_in(self, rows: Rows) -> int:
        """How many rows at the beginning were met before: a known one, and those refused then."""
        behind = rows[1 : self.met_from(rows[0])]
        return 1 + next((n for n, row in enumerate(behind) if row is not None), len(behind))

    def met_from(self, row: dict | None) -> int:
        """How many rows there were from this known one on: itself, and those refused behind it."""
        return self._met_from(_key(row))

    def _met_from(self, wanted) -> int:
        behind = list(takewhile(lambda key: key != wanted, self._backwards()))
        return 1 + behind.count(None)

    def _backwards(self) -> Iterator:
        """What the rows are known by, from the last one; mostly nobody looks further."""
        return (_key(row) for rows in reversed(self._pages) for row in reversed(rows))
