"""The tables, and what was to be reached."""

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.importing.row import Row
from benchmarks.importing.table import Target

from .scene import Deletion, Search

MEANING = {
    "bare": "unlink() of the same ID rows, as many per transaction as a clean-up, nothing else",
    "floor": "the same rows found and locked first, and a row written for hash and receipt each",
    "unswept": "the scheduled action, receipt included, without the sweep: no place is looked at",
    "swept": "the scheduled action as it is",
}
#: A deletion without sweep is to be at least this fast, compared with the bare one.
_FACTOR = 0.5
#: What a run that finds nothing may take longer on a table a hundred times as large.
_SLOWER = 2


def deletions(found: Mapping[str, Deletion]) -> Iterator[str]:
    """The ways of deleting, and below them the targets."""
    yield (
        f"  {'':8}{'VIDs':>9}{'seconds':>9}{'VIDs/s':>9}{'SQL/batch':>11}{'peak MB':>9}"
        f"{'CPU s':>8}{'DB CPU s':>10}{'others':>8}"
    )
    for name, deletion in found.items():
        yield _line(name, deletion)
    yield ""
    for name, deletion in found.items():
        yield f"  SQL statements of each batch, {name}: {_runs(deletion.batches)}"
    bare, floor, unswept, swept = (found[name].row for name in MEANING)
    yield _sweep(unswept, swept, len(found["swept"].batches))
    yield ""
    for name, row in (("floor", floor), ("unswept", unswept)):
        by_processor = row.frugality / bare.frugality
        yield str(Target(f"{name} : bare", row.rate / bare.rate, _FACTOR, by_processor))


def _line(name: str, deletion: Deletion) -> str:
    row, batches = deletion.row, deletion.batches
    return (
        f"  {name:8}{row.people:9,}{row.seconds:9.1f}{row.rate:9,.0f}"
        f"{sum(batches) / len(batches):11.1f}{row.memory:9.0f}{row.cpu:8.1f}"
        f"{row.database_cpu:10.1f}{row.others:8.2f}"
    )


def _runs(batches: Sequence[int]) -> str:
    """The numbers in their order, those that are the same taken together."""
    runs: list[list[int]] = []
    for number in batches:
        if runs and runs[-1][1] == number:
            runs[-1][0] += 1
        else:
            runs.append([1, number])
    return ", ".join(f"{times} × {number}" for times, number in runs)


def _sweep(unswept: Row, swept: Row, batches: int) -> str:
    seconds = swept.seconds - unswept.seconds
    cpu = swept.cpu + swept.database_cpu - unswept.cpu - unswept.database_cpu
    return (
        f"  the sweep alone: {seconds:.1f} s, {seconds / batches:.2f} s a batch "
        f"(by processor time {cpu:.1f} s, {cpu / batches:.2f} s)"
    )


def searches(small: Search, large: Search) -> Iterator[str]:
    """Runs that find nothing, the plan on the larger table, and the target."""
    for search in (small, large):
        yield (
            f"  nothing due among {search.rows:>9,} IDs: {search.seconds * 1000:7.1f} ms, "
            f"{search.statements} SQL statements"
        )
    for plan in large.plans:
        yield ""
        yield from (f"    {line}" for line in plan)
    yield ""
    slower = large.seconds / small.seconds
    yield str(Target(f"{large.rows:,} : {small.rows:,} IDs", slower, _SLOWER, at_most=True))
