"""How fast is an import, and what does it cost? Prints a table for each shape of population.

All rows are measured one after the other on one new database: `first` to `tenth` and `two` by
real job workers, `floor` and `naive` in processes of the same kind. SQL statements are counted by
Odoo's own cursors; of a job, the access log of its worker tells them. Memory is the peak of the
worker's resident set, as the kernel keeps it. `others` is how many cores were busy with something
that is not this benchmark: the less, the more the numbers are worth. On a busy machine the factors
by processor time say more than those by the clock, and `two` says nothing.

What to expect: the usual 10,000 people of both shapes take about five minutes on two free cores,
and each worker some 200 MB. `--people 100000 --shape individual --without naive two` shows in about
ten that memory does not grow with the run.
"""

import argparse
import os
import sys
from collections.abc import Iterator

from benchmarks.importing import table
from benchmarks.importing.scenes import Scene, Shape
from devkit import postgres
from devkit.failure import Failure
from devkit.progress import say
from tests.faults.stage import job_workers, stage

SHAPES = ("individual", "group")
OPTIONAL = sorted(set(table.MEANING) - {"first"})


def main() -> None:
    """Measure, and print what was measured."""
    arguments = read_arguments()
    try:
        for lines in measure(arguments):
            say("\n" + "\n".join(lines) + "\n")
    except Failure as failure:
        sys.exit(str(failure))
    say("\n".join(f"  {name:6}  {meaning}" for name, meaning in table.MEANING.items()))


def measure(arguments: argparse.Namespace) -> Iterator[list[str]]:
    """A table for each shape of population, as soon as it is measured. Raises Failure."""
    with (
        postgres.running() as server,
        stage(server, f"bench_{os.getpid()}", job_workers(arguments.workers), households=0) as on,
    ):
        say(machine(arguments))
        for target in SHAPES if arguments.shape == "both" else [arguments.shape]:
            shape = Shape(target, arguments.people, arguments.page_people)
            rows = dict(Scene(server, on, shape, arguments).rows())
            yield [str(shape), *table.lines(rows)]


def machine(arguments: argparse.Namespace) -> str:
    """What the numbers were measured on."""
    load = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    return (
        f"{os.cpu_count()} cores, load {load} at the start; {arguments.workers} job worker(s), "
        f"{arguments.page_people:,} people per page"
    )


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev bench import", description=__doc__)
    add = parser.add_argument
    add("--people", type=int, default=10_000, help="of each shape (10,000)")
    add("--workers", type=int, default=1, help="job workers (1)")
    add("--shape", choices=(*SHAPES, "both"), default="both")
    add("--page-people", type=int, default=1000, help="per page (1,000, the importer's default)")
    add("--seed", type=int, default=1)
    add("--without", nargs="+", default=[], choices=OPTIONAL, help="rows not to be measured")
    arguments = parser.parse_args()
    if arguments.workers > 1:
        arguments.without.append("two")
    return arguments


if __name__ == "__main__":
    main()
