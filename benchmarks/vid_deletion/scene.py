"""What is measured, in this order; each way of deleting on a copy of the same database."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.importing import directly
from benchmarks.importing.row import Row, meter, settle
from devkit.failure import Failure
from devkit.postgres import Server
from devkit.progress import step

from . import databases
from .databases import Database

WAYS = ("bare", "floor", "unswept", "swept")
#: The database reads all of a table that is long.
_SCAN = re.compile("Seq Scan on (g2p_reg_id|res_partner|g2p_mts_request_line)")


@dataclass(frozen=True)
class Deletion:
    """How a way of deleting went. `batches`: statements of each batch, in their order."""

    row: Row
    batches: list[int]


@dataclass(frozen=True)
class Search:
    """How a run went that found nothing.

    :param rows: how many IDs there were
    :param seconds: median of several runs
    :param statements: of one run
    :param plans: how the database went about the statements on the table of IDs
    """

    rows: int
    seconds: float
    statements: int
    plans: list[list[str]]

    def check(self) -> None:
        """:raises Failure: a long table was read as a whole, or nobody has looked for IDs"""
        lines = [line for plan in self.plans for line in plan]
        if not lines or any(map(_SCAN.search, lines)):
            raise Failure(f"A run on {self.rows:,} IDs reads a whole table.", *lines)


def deletions(server: Server, name: str, people: int) -> Iterator[tuple[str, Deletion]]:
    """Each way of deleting the VIDs of so many people. Raises Failure."""
    with databases.new(server, name) as original:
        with step(f"{people:,} people with VID and token"):
            original.plant_due(people)
            settle(original)
        for way in WAYS:
            with databases.copy(server, original, f"{name}_{way}") as database, step(way):
                yield way, _delete(database, way, people)


def _delete(database: Database, way: str, people: int) -> Deletion:
    result, database_cpu, others = _measure(database, way)
    batches, deleted = result.pop("batches"), result.pop("deleted")
    if deleted != people:
        raise Failure(f"{way}: {deleted:,} VIDs of {people:,} were deleted.")
    numbers = {**result, "statements": int(result["statements"])}
    row = Row(people=deleted, database_cpu=database_cpu, others=others, **numbers)
    return Deletion(row, batches)


def search(server: Server, name: str, rows: int, waiting: int) -> Search:
    """A run that finds nothing among about so many IDs. Raises Failure."""
    with databases.new(server, name) as database:
        with step(f"{rows:,} IDs, no VID due"):
            database.plant_done(rows, waiting)
        result, _cpu, _others = _measure(database, "nothing")
        return Search(database.rows(), result["median"], result["each"], result["plans"])


def _measure(database: Database, way: str) -> tuple[dict[str, Any], float, float]:
    """What a process says that does it, and what `Meter` reads meanwhile."""
    settle(database)
    with databases.inside(way, database) as (process, log):
        directly.answer(process, log)
        busy = meter(database)
        directly.begin(process)
        result = json.loads(directly.answer(process, log))
        return result, *busy.read()
