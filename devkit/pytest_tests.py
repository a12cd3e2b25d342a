"""Tests that look at the system from outside Odoo, run by pytest."""

import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree

from . import odoo_log, paths
from .allowances import ALLOWED_SKIPS, EXPECTED_LOG_LINES, allowed, read
from .processes import CommandFailed, run
from .progress import say, step
from .results import Result


def run_pytest(part: str, targets: Sequence[str], env: Mapping[str, str]) -> Result:
    """Run pytest on `targets` and read its report."""
    began = time.monotonic()
    report = paths.log_file(part).with_suffix(".xml")
    report.unlink(missing_ok=True)
    words = ["-m", "pytest", "-q", f"--junitxml={report}", *targets]
    result, broken = Result(part), False
    try:
        with step(f"pytest {part}"):
            run([sys.executable, *words], cwd=paths.ROOT, env=env)
    except CommandFailed as error:
        say(error.output.rstrip())
        broken = True
    if report.exists():
        _read_report(report, result)
    if broken and not result.wrong:
        result.problems.append("pytest did not come to its end")
    result.seconds = time.monotonic() - began
    return result


def _read_report(report: Path, result: Result) -> None:
    suite = ElementTree.parse(report).getroot()  # noqa: S314  pytest wrote it a moment ago
    suite = suite.find("testsuite") if suite.tag == "testsuites" else suite
    counts = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}
    result.tests = counts["tests"]
    result.failed = counts["failures"] + counts["errors"]
    result.skipped = counts["skipped"]
    result.problems += unexplained_skips(skips(suite))


def skips(suite: ElementTree.Element) -> list[tuple[str, str]]:
    """Name and reason of each skipped test of a JUnit report."""
    found = ((case, case.find("skipped")) for case in suite.iter("testcase"))
    return [
        (f"{case.get('classname')}.{case.get('name')}", mark.get("message", ""))
        for case, mark in found
        if mark is not None
    ]


def unexplained_skips(skipped: Sequence[tuple[str, str]]) -> list[str]:
    """A line for each skip that the list of allowed skips does not know."""
    known = read(ALLOWED_SKIPS)
    lines = [f"{test}: {reason}" for test, reason in skipped]
    return [f"skipped without leave: {line}" for line in lines if not allowed(line, known)]


def unexpected_lines(logs: Sequence[Path], expected: Sequence[Path] = ()) -> list[str]:
    """A line for each warning or error in these Odoo logs that no test expects.

    :param expected: lists of expected lines, besides the one for all tests
    """
    known = [pattern for file in (EXPECTED_LOG_LINES, *expected) for pattern in read(file)]
    found = []
    for log in filter(Path.exists, logs):
        with log.open(errors="replace") as lines:
            serious = [e for e in odoo_log.entries(lines) if e.level in odoo_log.SERIOUS]
        found += [f"{log.name}: {e.line}" for e in serious if not allowed(e.line, known)]
    return found
