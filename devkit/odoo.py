"""Odoo's command line with this project's configuration."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from . import config, paths
from .postgres import Server

# Odoo would read these as options and they would win over ours.
FOREIGN = ("PGDATABASE", "PGHOST_REPLICA", "PGPORT_REPLICA", "PGSSLMODE", "ODOO_DEV")


def environment(server: Server, configuration: Path) -> dict[str, str]:
    """The environment for programs that use Odoo, the database, or this repository's modules."""
    here = [os.environ.get("NO_PROXY", ""), "127.0.0.1", "localhost"]
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    return {
        **kept,
        **server.environment(),
        "ODOO_RC": str(configuration),
        "NO_PROXY": ",".join(filter(None, here)),
        "PYTHONPATH": str(paths.ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUNBUFFERED": "1",
        "PATH": f"{paths.VENV / 'bin'}{os.pathsep}{os.environ['PATH']}",
    }


def command(*words: str | Path) -> list[str]:
    """The command that runs Odoo with these words."""
    return [str(word) for word in (paths.VENV_PYTHON, paths.ODOO_COMMAND, *words)]


def call(server: Server, words: Sequence[str]) -> int:
    """Run Odoo in the foreground, for a person who types; return its exit code."""
    env = environment(server, config.write("odoo", server))
    process = subprocess.Popen(command(*words), env=env)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            # Odoo got it as well and ends in its own time.
            continue
