"""A record of a registry as its check-up sees it: who it is, and when it was touched."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

#: Registries tell days in a time zone of their own. Asking half of this away from them is safe.
MARGIN = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Span:
    """When something happened (UTC): the day it is in, when the registry tells no more."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class Row:
    """What a check-up asks of a registrant.

    :param identifiers: pairs of type and value
    :param written: the last change of the registrant itself
    :param members_written: the last change of a member of the household
    """

    identifiers: frozenset[tuple[str, str]]
    created: Span | None
    written: Span | None
    members_written: Span | None


def read_row(record: Any) -> Row:
    """The row of a wire record; what is absent or odd in it stays empty."""
    record = record if isinstance(record, dict) else {}
    members = (_dict(row.get("individual")) for row in _dicts(record.get("groupMembershipIds")))
    written = (_span(member.get("writeDate")) for member in members)
    return Row(
        identifiers=frozenset(
            (str(row.get("idTypeAsStr")), str(row["value"]))
            for row in _dicts(record.get("regIds"))
            if row.get("value")
        ),
        created=_span(record.get("createDate")),
        written=_span(record.get("writeDate")),
        members_written=max(filter(None, written), default=None),
    )


def rested(row: Row, earlier: str, later: str) -> bool:
    """Whether so much time lies between two of its spans that it can be asked about safely."""
    before, after = getattr(row, earlier), getattr(row, later)
    return bool(before and after) and after.start - before.end >= MARGIN


def _span(text: Any) -> Span | None:
    """From ISO 8601, a day alone or a day with a time; a time without zone is UTC."""
    try:
        day = date.fromisoformat(str(text)) if len(str(text)) <= len("2026-03-02") else None
        if day:
            start = datetime.combine(day, time.min, UTC)
            return Span(start, start + timedelta(days=1))
        moment = datetime.fromisoformat(str(text))
        moment = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
        return Span(moment, moment)
    except (ValueError, OverflowError):
        return None


def _dicts(rows: Any) -> Iterable[dict]:
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _dict(value: Any) -> dict:
    return value if isinstance(value, dict) else {}
