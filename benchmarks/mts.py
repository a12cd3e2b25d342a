"""How fast are people sent to an MTS, and their tokens taken in? Prints a table.

For each number of people a process of its own does, batch by batch, each in a transaction of its
own as jobs do: read them plainly, then send them (without the MTS), both with 1,000 people per
batch, the most there are in the field. For the first number, 10,000 ID rows are created plainly,
and 10,000 answers taken in. `others` is how many cores were busy with something that is not this
benchmark; on a busy machine the factors by processor time say more. The last batch of a round may
be smaller; SQL statements are those of each batch but the first, which also fills the caches.

The usual 10,000 and 100,000 people take about two minutes.
"""

import argparse
import json
import os
import subprocess
import sys

from benchmarks.sending import table
from devkit import databases, paths, postgres, templates
from devkit.failure import Failure
from devkit.postgres import Server
from devkit.progress import say, step


def main() -> None:
    """Measure, and print what was measured."""
    numbers = read_arguments()
    say(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start")
    try:
        with postgres.running() as server:
            sizes = measure(server, numbers)
    except Failure as failure:
        sys.exit(str(failure))
    say("\n" + "\n".join(table.lines(sizes)) + "\n")
    say("\n".join(f"  {name:8}  {meaning}" for name, meaning in table.MEANING.items()))


def measure(server: Server, numbers: list[int]) -> dict[int, table.Rows]:
    """The rows for each number of people. Raises Failure."""
    found = {}
    for number in numbers:
        name = f"bench_mts_{os.getpid()}_{number}"
        templates.create(server, name)
        try:
            with step(f"{number:,} people"):
                found[number] = rows(name, number, with_answers=number == numbers[0])
        finally:
            databases.drop(server, name)
    return found


def rows(database: str, number: int, *, with_answers: bool) -> table.Rows:
    """What a process of Odoo's measures. Raises Failure."""
    log = paths.log_file("bench-mts")
    command = [sys.executable, "-m", "benchmarks.sending", "--database", database]
    command += ["--log", str(log), "--people", str(number)]
    command += ["--answers"] if with_answers else []
    process = subprocess.run(
        command, cwd=paths.ROOT, stdout=subprocess.PIPE, text=True, check=False
    )
    if process.returncode:
        raise Failure("The process that measures has failed.", f"Look into {log}.")
    return json.loads(process.stdout)


def read_arguments() -> list[int]:
    parser = argparse.ArgumentParser(prog="./dev bench mts", description=__doc__)
    parser.add_argument(
        "--people", type=int, nargs="+", default=[10_000, 100_000], help="(10,000 and 100,000)"
    )
    return parser.parse_args().people


if __name__ == "__main__":
    main()
