"""A record that says what it said last time, looked at without being read."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from . import lists
from .problems import Problem
from .records import Identifier, Member, Phone, Registrant

if TYPE_CHECKING:
    from .reading import RecordReader


class KnownRegistrant:
    """Stands in for the :class:`records.Registrant` that a record is read as.

    Matching takes keys alone, and if nothing has changed here either, nobody asks for more. What
    is asked for is read when it is.

    :param raw: a wire record that can be read without problems
    :param fingerprint: what reading would make of it; empty if that is not known
    """

    problems: tuple[Problem, ...] = ()

    def __init__(self, raw: dict, reader: "RecordReader", *, is_group: bool, fingerprint: str = ""):
        self.is_group = is_group
        self._raw = raw
        self._reader = reader
        self._fingerprint = fingerprint

    @cached_property
    def keys(self) -> tuple[tuple[str, str], ...]:
        return lists.keys(self._raw)

    @cached_property
    def members(self) -> tuple[Member, ...] | None:
        rows = self._raw.get("groupMembershipIds") if self.is_group else None
        return None if rows is None else tuple(self._each_member(rows))

    def _each_member(self, rows: list[dict]) -> Iterator[Member]:
        for index, row in enumerate(rows):
            person = KnownRegistrant(row["individual"], self._reader, is_group=False)
            yield Member(person, lists.kinds(row, "", []), index)

    @property
    def fingerprint(self) -> str:
        return self._fingerprint or self._read.fingerprint

    @property
    def values(self) -> Mapping[str, Any]:
        return self._read.values

    @property
    def identifiers(self) -> tuple[Identifier, ...] | None:
        return self._read.identifiers

    @property
    def phones(self) -> tuple[Phone, ...] | None:
        return self._read.phones

    @property
    def label(self) -> str:
        return self._read.label

    @property
    def natural_key(self) -> tuple[str, str]:
        return self._read.natural_key

    @cached_property
    def _read(self) -> Registrant:
        return self._reader.read(self._raw, is_group=self.is_group)
