"""What `./dev test` runs, and in which order: the quick parts come first."""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from textwrap import shorten

from . import addon_tests, addons, browser, config, odoo, paths, style_checks
from .allowances import EXPECTED_AFTER_KILLS
from .failure import Failure
from .postgres import Server
from .progress import say
from .pytest_tests import run_pytest, unexpected_lines
from .results import Result, is_good, table

Part = tuple[str, Callable[[], Result]]
JOURNEYS = "tests/journeys"
FAULTS = "tests/faults"


def test(server: Server, targets: Sequence[str]) -> int:
    """Run everything, or only `targets`; print a table; return the exit code."""
    parts = chosen(server, targets) if targets else everything(server)
    results = [_run(name, part) for name, part in parts]
    for result in results:
        for problem in result.problems:
            say(f"{result.part}: {shorten(problem, 450)}")
    say("\n" + table(results))
    return 0 if is_good(results) else 1


def _run(name: str, part: Callable[[], Result]) -> Result:
    try:
        result = part()
    except Failure as failure:
        say(str(failure))
        result = Result(name, problems=[failure.what])
    result.part = name
    return result


def everything(server: Server) -> Iterator[Part]:
    """All parts."""
    yield "ruff check", style_checks.ruff_check
    yield "ruff format", style_checks.ruff_format
    yield "pylint-odoo", style_checks.pylint_odoo
    yield "without Odoo", lambda: run_pytest("unit", ["tests/unit"], _environment(server))
    yield "addons in Odoo", lambda: addon_tests.run_addons(server, addons.names())
    yield "journeys", lambda: journeys(server, [JOURNEYS])
    if any((paths.ROOT / FAULTS).glob("test_*.py")):
        yield "faults", lambda: faults(server, [FAULTS])


def chosen(server: Server, targets: Sequence[str]) -> Iterator[Part]:
    """The parts that `targets` name. Raises Failure for one that is neither addon nor path."""
    tags = {target: addon_tests.tag(target) for target in targets}
    files = [target for target in targets if not tags[target]]
    for file in files:
        if not (paths.ROOT / file.partition("::")[0]).exists():
            known = ", ".join(addons.names())
            raise Failure(f"{file} is neither a path nor an addon.", f"The addons: {known}")
    screens = [file for file in files if file.startswith(JOURNEYS)]
    trouble = [file for file in files if file.startswith(FAULTS)]
    others = [file for file in files if file not in screens + trouble]
    wanted = [tag for tag in tags.values() if tag]
    if others:
        yield "pytest", lambda: run_pytest("chosen", others, _environment(server))
    if wanted:
        yield "addons in Odoo", lambda: addon_tests.run_addons(server, wanted)
    if screens:
        yield "journeys", lambda: journeys(server, screens)
    if trouble:
        yield "faults", lambda: faults(server, trouble)


def journeys(server: Server, targets: Sequence[str]) -> Result:
    """Stories in a real browser."""
    if not browser.ensure():
        missing = [browser.MISSING] if browser.is_required(os.environ) else []
        return Result("journeys", problems=missing, remark=browser.MISSING)
    return _on_odoo("journeys", server, targets, "odoo-journey*.log")


def faults(server: Server, targets: Sequence[str]) -> Result:
    """Registries that fail, and workers that are killed."""
    return _on_odoo("faults", server, targets, "odoo-faults*.log", [EXPECTED_AFTER_KILLS])


def _on_odoo(
    part: str, server: Server, targets: Sequence[str], logs: str, expected: Sequence[Path] = ()
) -> Result:
    """Run pytest, and look at the logs (a pattern) that Odoo wrote meanwhile.

    :param expected: lists of lines that may stand there besides those that may stand anywhere
    """
    for old in paths.LOGS.glob(logs):
        old.unlink()
    result = run_pytest(part, targets, _environment(server))
    result.problems += unexpected_lines(sorted(paths.LOGS.glob(logs)), expected)
    return result


def _environment(server: Server) -> dict[str, str]:
    return odoo.environment(server, config.write("odoo", server))
