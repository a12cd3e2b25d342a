"""`./dev bench NAME`: a script of benchmarks/ with everything it may need around it."""

import subprocess
import sys
from collections.abc import Sequence

from . import config, odoo, paths
from .failure import Failure
from .postgres import Server

FOLDER = paths.ROOT / "benchmarks"


def names() -> list[str]:
    """The benchmarks there are."""
    return sorted(file.stem for file in FOLDER.glob("[!_]*.py"))


def call(server: Server, name: str, words: Sequence[str]) -> int:
    """Run `benchmarks/NAME.py` and return its exit code.

    It finds PostgreSQL by PGHOST, PGPORT and PGUSER, and Odoo's configuration by ODOO_RC.
    """
    if name not in names():
        raise Failure(f"There is no benchmark {name}.", f"Benchmarks: {', '.join(names())}")
    env = odoo.environment(server, config.write("odoo", server))
    command = [sys.executable, "-m", f"benchmarks.{name}", *words]
    return subprocess.call(command, cwd=paths.ROOT, env=env)
