"""Checks that only read the code. Each counts as one test."""

import sys
import time

from . import addons, paths
from .processes import CommandFailed, run
from .progress import say, step
from .results import Result

EVERYTHING = ["--quiet", "--extend-exclude", paths.STATE.name, ".", "dev"]
# A long model may be split over files by subject, and the addons are described in
# README.md, not in the OCA's README.rst. (.pylintrc cannot take one out of a group.)
NOT_WANTED = "consider-merging-classes-inherited,missing-readme"


def ruff_check() -> Result:
    """Mistakes and untidy imports, in all Python of the repository."""
    return _check("ruff", "check", "--output-format=concise", *EVERYTHING)


def ruff_format() -> Result:
    """Every file is as `ruff format` writes it."""
    return _check("ruff", "format", "--check", *EVERYTHING)


def pylint_odoo() -> Result:
    """The rules of the Odoo community for addons."""
    options = ["--rcfile", ".pylintrc", "--disable", NOT_WANTED]
    return _check("pylint", *options, *(str(folder) for folder in addons.folders()))


def _check(tool: str, *words: str) -> Result:
    began = time.monotonic()
    result = Result(tool, tests=1)
    try:
        with step(tool):
            run([sys.executable, "-m", tool, *words], cwd=paths.ROOT)
    except CommandFailed as error:
        result.failed = 1
        say(error.output.rstrip())
    result.seconds = time.monotonic() - began
    return result
