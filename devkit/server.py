"""Odoo as people use it: web workers, job workers, one database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen

from . import config, locks, odoo, paths, processes, templates
from .failure import Failure
from .postgres import Server

PATIENCE = 120
FIRST_PORT = 8069


@dataclass
class Odoo:
    """A running Odoo. Its login is that of a fresh database: admin, admin."""

    database: str
    port: int
    log: Path
    process: Popen
    login: str = "admin"
    password: str = "admin"  # noqa: S105  what Odoo gives every new database

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def is_alive(self) -> bool:
        return self.process.poll() is None


@contextmanager
def running(
    server: Server, database: str, port: int | None = None, workers: int = config.WORKERS
) -> Iterator[Odoo]:
    """Odoo with workers on `database`, answering when the body begins; ended after it.

    `port` has to be free; without one the first free port from 8069 on is taken. Raises Failure.
    """
    with locks.claimed(f"serving-{database}", f"serves the database {database} already"):
        odoo_server = start(server, database, port, workers)
        try:
            _wait(odoo_server)
            yield odoo_server
        finally:
            processes.stop(odoo_server.process)


def start(
    server: Server, database: str, port: int | None = None, workers: int = config.WORKERS
) -> Odoo:
    """Start Odoo and return at once; the caller ends its process."""
    port = _port(port)
    gevent_port = processes.free_port(port + 1)
    configuration = config.write(database, server, port, gevent_port, workers)
    log = paths.log_file(f"odoo-{database}")
    log.write_text("")
    process = processes.start(
        odoo.command("-d", database, "--db-filter", f"^{database}$"),
        log,
        odoo.environment(server, configuration),
    )
    return Odoo(database, port, log, process)


def _port(wanted: int | None) -> int:
    if wanted is None:
        return processes.free_port(FIRST_PORT)
    if not processes.is_free(wanted):
        raise Failure(f"Port {wanted} is in use.", "Name another with --port, or leave it out.")
    return wanted


def _wait(started: Odoo) -> None:
    def ready() -> bool:
        return processes.answers(f"{started.url}/web/health")

    if not processes.wait_until(ready, started.is_alive, PATIENCE):
        raise Failure(
            "Odoo did not come up.",
            f"Look into {started.log}.",
            templates.last_error(started.log.read_text(errors="replace")),
        )
