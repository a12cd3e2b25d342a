"""Measures the creation of the same people without the importer, see ``direct``."""

import json
import subprocess
import sys
from contextlib import ExitStack

from devkit import paths
from devkit.failure import Failure
from tests.faults.stage import Stage

from .row import Row, meter, settle


def measure(stage: Stage, way: str, importer: int, pages: int, workers: int) -> Row:
    """Create the people of so many pages in so many processes, each with its share.

    :param way: `floor` or `naive`
    """
    settle(stage)
    log = paths.log_file(f"bench-{way}")
    common = [sys.executable, "-m", "benchmarks.importing.direct", way]
    common += ["--database", stage.odoo.database, "--log", log]
    common += ["--importer", importer, "--pages", pages, "--shares", workers]
    with ExitStack() as ended:
        started = [
            ended.enter_context(process([*common, "--share", share])) for share in range(workers)
        ]
        for one in started:
            answer(one, log)
        busy = meter(stage)
        for one in started:
            begin(one)
        results = [json.loads(answer(one, log)) for one in started]
        database_cpu, others = busy.read()
    return _together(results, database_cpu, others)


def process(command: list) -> subprocess.Popen:
    """A process of the benchmark, to talk with line by line."""
    return subprocess.Popen(
        [str(word) for word in command],
        cwd=paths.ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def answer(process: subprocess.Popen, log) -> str:
    """The next line it prints. Raises Failure if it has ended instead."""
    line = process.stdout.readline()
    if not line:
        raise Failure("A process of the benchmark has ended too early.", f"Look into {log}.")
    return line


def begin(process: subprocess.Popen) -> None:
    """Let a process begin that has said it is ready."""
    process.stdin.write("go\n")
    process.stdin.flush()


def _together(results: list[dict[str, float]], database_cpu: float, others: float) -> Row:
    """One row of what several processes did at the same time."""
    total = {name: sum(result[name] for result in results) for name in results[0]}
    return Row(
        people=int(total["people"]),
        seconds=max(result["seconds"] for result in results),
        statements=int(total["statements"]),
        memory=max(result["memory"] for result in results),
        cpu=total["cpu"],
        database_cpu=database_cpu,
        others=others,
    )
