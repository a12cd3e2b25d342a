"""How fast are VIDs deleted, and what does a run cost that finds none to delete?

People with a VID and a token are planted by SQL into a new database. Each way of deleting works
on a copy of it, so that all delete the same rows, in a process of its own that commits after the
same number of VIDs. One person in a hundred has a message that quotes the VID. The sweep is
switched out by giving it an empty list of places, in the process of the benchmark alone.

`others` is how many cores were busy with something that is not this benchmark: the less, the more
the numbers are worth. On a busy machine the factor by processor time says more than that by the
clock.

A run that finds nothing is measured among 10,000 IDs and among as many as asked for: of people
whose VID is gone, each with a token and three cards, and of a thousand who wait for their token.
It fails if the database reads all IDs, registrants or lines of requests for it.

The usual 100,000 people and 1,000,000 IDs take about nine minutes, most of them for the sweep and
for planting.
"""

import argparse
import os
import sys

from benchmarks.vid_deletion import scene, table
from devkit import postgres
from devkit.failure import Failure
from devkit.progress import say

_SMALL, _WAITING = 10_000, 1_000


def main() -> None:
    """Measure, and print what was measured."""
    arguments = read_arguments()
    load = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    try:
        with postgres.running() as server:
            say(f"{os.cpu_count()} cores, load {load} at the start")
            measure(server, arguments)
    except Failure as failure:
        sys.exit(str(failure))


def measure(server: postgres.Server, arguments: argparse.Namespace) -> None:
    """Print a table of ways to delete, and one of searches in vain. Raises Failure."""
    name = f"bench_vid_{os.getpid()}"
    if arguments.people:
        found = dict(scene.deletions(server, name, arguments.people))
        say("\n" + "\n".join(table.deletions(found)) + "\n")
        say("\n".join(f"  {way:8}  {meaning}" for way, meaning in table.MEANING.items()) + "\n")
    if arguments.ids:
        small, large = (
            scene.search(server, name, rows, _WAITING) for rows in (_SMALL, arguments.ids)
        )
        say("\n" + "\n".join(table.searches(small, large)))
        large.check()


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev bench vid", description=__doc__)
    add = parser.add_argument
    add("--people", type=int, default=100_000, help="with a VID and a token (100,000)")
    add("--ids", type=int, default=1_000_000, help="among which nothing is found (1,000,000)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
