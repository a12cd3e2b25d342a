"""The addons' own tests, run by Odoo on a database of their own."""

import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from . import addons, browser, config, databases, odoo, odoo_log, paths, processes, templates
from .allowances import EXPECTED_LOG_LINES, allowed, read
from .postgres import Server
from .progress import say, step
from .pytest_tests import unexpected_lines, unexplained_skips
from .results import Result

NO_BROWSER = "Chrome executable not found"
FIRST_PORT = 8169
# Its first line says how many calls were tried by whom; the table below who may do what.
ACCESS_TABLE = paths.LOGS / "access-table.md"


def run_addons(server: Server, tags: Sequence[str]) -> Result:
    """Run the tests chosen by `tags` (`addon`, `addon:Class`, `addon:Class.method`).

    The database is a fresh copy of the template: the addons are installed, so that only the
    tests at the end of an installation remain to be run; there are no others.
    """
    began = time.monotonic()
    database = f"test_{os.getpid()}"
    template = templates.create(server, database)
    ACCESS_TABLE.unlink(missing_ok=True)
    try:
        log = _run_odoo(server, database, tags)
    finally:
        databases.drop(server, database)
    with log.open(errors="replace") as lines:
        result = judge(odoo_log.read_tests(lines))
    result.problems += unexpected_lines([paths.log_file(template)])
    result.remark = result.remark or access_words()
    result.seconds = time.monotonic() - began
    return result


def _run_odoo(server: Server, database: str, tags: Sequence[str]) -> Path:
    log = paths.log_file("addons")
    port = processes.free_port(FIRST_PORT)
    configuration = config.write(database, server, http_port=port)
    words = ["-d", database, "--test-tags", ",".join(f"/{tag}" for tag in tags)]
    words += ["--stop-after-init", "--max-cron-threads=0", f"--screenshots={paths.FAILURES}"]
    with step("Odoo: testing the addons", lambda: f"{_started(log)} tests"), log.open("w") as out:
        subprocess.run(
            odoo.command(*words),
            env=odoo.environment(server, configuration),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            check=False,
        )
    configuration.unlink()
    return log


def access_words() -> str:
    """What the test of access rights came to, if it was among those that ran; else nothing."""
    if not ACCESS_TABLE.exists():
        return ""
    return f"{ACCESS_TABLE.read_text().splitlines()[0]}: {ACCESS_TABLE.relative_to(paths.ROOT)}"


def _started(log: Path) -> int:
    with log.open(errors="replace") as lines:
        return sum(": Starting " in line for line in lines)


def judge(log: odoo_log.TestLog) -> Result:
    """Turn what the log says into a result, and show what failed."""
    result = Result("addons", log.total or 0, log.failed, len(log.skips))
    known = read(EXPECTED_LOG_LINES)
    unexpected = [entry for entry in log.serious if not allowed(entry.line, known)]
    for entry in [*log.failures, *unexpected]:
        say(f"{entry.level} {entry.logger}: {entry.text.rstrip()}")
    result.problems = [entry.line for entry in unexpected] + _skip_problems(log, result)
    if log.total is None:
        result.problems.append("Odoo ended before the tests did")
    if log.total == 0:
        result.problems.append("no test was found")
    return result


def _skip_problems(log: odoo_log.TestLog, result: Result) -> list[str]:
    skips = log.skips
    if browser.find() is None and not browser.is_required(os.environ):
        skips = [(test, reason) for test, reason in skips if reason != NO_BROWSER]
        result.remark = browser.MISSING if len(skips) < len(log.skips) else ""
    return unexplained_skips(skips)


def tag(target: str) -> str | None:
    """The tag that chooses `target`, or None if it is not about an addon.

    `target` is an addon's name, with `:Class.method` behind it if wanted, or a path in an addon.
    """
    name, _, rest = target.partition(":")
    if name in addons.names():
        return target
    place = (Path.cwd() / name).resolve()
    for folder in addons.folders():
        if place == folder or folder in place.parents:
            inside = "" if place.is_dir() else f"/{place.relative_to(folder)}"
            return folder.name + inside + (f":{rest}" if rest else "")
    return None
