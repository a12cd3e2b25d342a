"""The table, and what was to be reached."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .row import Row

MEANING = {
    "floor": "the ORM's own batched create, values ready-made, nothing else",
    "first": "first import through the addon, fetch included",
    "again": "the same import, nothing changed at the source",
    "tenth": "the same import, 10 % of the registrants changed at the source",
    "naive": "record at a time: search, then create or write, per person",
    "two": "first import of as many other people, by two workers",
}

#: How many times as fast the one row is to be as the other.
_FACTORS = (("first", "floor", 0.6), ("again", "first", 8), ("first", "naive", 6))


@dataclass(frozen=True)
class Target:
    """What one row has to be, compared with another.

    :param measured: the factor between them
    :param wanted: the least factor, or the greatest if `at_most`
    :param by_processor: the factor by processor time, which is the same on a busy machine
    """

    words: str
    measured: float
    wanted: float
    by_processor: float | None = None
    at_most: bool = False

    @property
    def is_met(self) -> bool:
        if self.at_most:
            return self.measured <= self.wanted
        return self.measured >= self.wanted

    def __str__(self) -> str:
        sign = "≤" if self.at_most else "≥"
        verdict = "met" if self.is_met else "missed"
        line = f"  {self.words:<40}{sign} {self.wanted:<4g}{self.measured:8.2f}  {verdict:<6}"
        return f"{line}  by processor time {self.by_processor:.2f}" if self.by_processor else line


def lines(rows: Mapping[str, Row]) -> Iterator[str]:
    """The rows by name, under a head, and below them the targets."""
    yield (
        f"  {'':6}{'people':>9}{'seconds':>9}{'people/s':>10}{'SQL/person':>12}{'peak MB':>9}"
        f"{'fetch s':>9}{'CPU s':>8}{'DB CPU s':>10}{'others':>8}"
    )
    for name, row in rows.items():
        yield _line(name, row)
    yield ""
    yield from map(str, targets(rows))


def _line(name: str, row: Row) -> str:
    return (
        f"  {name:6}{row.people:9,}{row.seconds:9.1f}{row.rate:10,.0f}{row.statements_each:12.2f}"
        f"{row.memory:9.0f}{row.fetching:9.1f}{row.cpu:8.1f}{row.database_cpu:10.1f}"
        f"{row.others:8.2f}"
    )


def targets(rows: Mapping[str, Row]) -> Iterator[Target]:
    """What was to be reached, as far as its rows were measured."""
    first = rows["first"]
    for name, other, factor in _FACTORS:
        if name in rows and other in rows:
            yield _faster(name, rows, other, factor)
    if first.early_memory:
        words = f"memory of first : at {first.people // 10:,} people"
        yield Target(words, first.memory / first.early_memory, 1.1, at_most=True)
    if "two" in rows:
        yield Target("two workers : one", rows["two"].rate / first.rate, 1.6)


def _faster(name: str, rows: Mapping[str, Row], other: str, factor: float) -> Target:
    one, two = rows[name], rows[other]
    by_processor = one.frugality / two.frugality
    return Target(f"{name} : {other}", one.rate / two.rate, factor, by_processor)
