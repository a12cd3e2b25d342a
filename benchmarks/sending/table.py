"""The table, and what was to be reached."""

from collections.abc import Iterator, Mapping

from benchmarks.importing.row import Row
from benchmarks.importing.table import Target

MEANING = {
    "read": "plain search_read of the same people, fields and VIDs",
    "send": "the next people chosen, request and lines stored, what is sent built; no HTTP",
    "create": "the ORM's own batched create of ID rows, values ready-made",
    "intake": "as many answers taken in: looked up, tokens created, lines and requests closed",
}
_COUNTED = ("fewest", "most")

Rows = Mapping[str, Mapping[str, float]]


def lines(sizes: Mapping[int, Rows]) -> Iterator[str]:
    """The rows of each number of people, and below them the targets."""
    yield (
        f"  {'':8}{'people':>9}{'seconds':>9}{'people/s':>10}{'SQL/batch':>12}{'peak MB':>9}"
        f"{'CPU s':>8}{'DB CPU s':>10}{'others':>8}"
    )
    for rows in sizes.values():
        for name, found in rows.items():
            yield _line(name, found)
    yield ""
    yield from map(str, _targets(sizes))


def _line(name: str, found: Mapping[str, float]) -> str:
    row = _row(found)
    counts = {found[name] for name in _COUNTED}
    statements = "–".join(f"{number:.0f}" for number in sorted(counts))
    return (
        f"  {name:8}{row.people:9,}{row.seconds:9.1f}{row.rate:10,.0f}{statements:>12}"
        f"{row.memory:9.0f}{row.cpu:8.1f}{row.database_cpu:10.1f}{row.others:8.2f}"
    )


def _row(found: Mapping[str, float]) -> Row:
    return Row(**{name: value for name, value in found.items() if name not in _COUNTED})


def _targets(sizes: Mapping[int, Rows]) -> Iterator[Target]:
    for number, rows in sizes.items():
        yield _faster(rows, "send", "read", 0.4, f" ({number:,})")
        yield _constant(rows, "send", f" ({number:,})")
        if "intake" in rows:
            yield _faster(rows, "intake", "create", 0.6, "")
            yield _constant(rows, "intake", "")
    few, many = (sizes[number]["send"]["memory"] for number in (min(sizes), max(sizes)))
    if len(sizes) > 1:
        yield Target(
            f"memory of send: {max(sizes):,} : {min(sizes):,}", many / few, 1.1, at_most=True
        )


def _faster(rows: Rows, name: str, other: str, factor: float, which: str) -> Target:
    one, two = _row(rows[name]), _row(rows[other])
    by_processor = one.frugality / two.frugality
    return Target(f"{name} : {other}{which}", one.rate / two.rate, factor, by_processor)


def _constant(rows: Rows, name: str, which: str) -> Target:
    factor = rows[name]["most"] / rows[name]["fewest"]
    return Target(f"SQL of {name}, most : fewest{which}", factor, 1, at_most=True)
