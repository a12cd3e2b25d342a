"""Odoo as people use it: one process group for screens, one for jobs, on one database."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen

from . import config, locks, odoo, odoo_log, paths, processes
from .failure import Failure
from .postgres import Server

PATIENCE = 120
FIRST_PORT = 8069


@dataclass
class Node:
    """One process group of Odoo, and where it listens and writes."""

    port: int
    log: Path
    command: Sequence[str]
    environment: Mapping[str, str]
    process: Popen

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def restart(self) -> None:
        """Start it once more, whether it still runs or not; answers then. Raises Failure."""
        self.stop()
        self.process = processes.start(self.command, self.log, self.environment)
        _wait(self)

    def stop(self) -> None:
        processes.stop(self.process)

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def answers(self) -> bool:
        return processes.answers(f"{self.url}/web/health")


@dataclass
class Odoo:
    """A running Odoo. Its login is that of a fresh database: admin, admin."""

    database: str
    web: Node
    jobs: Node
    login: str = "admin"
    password: str = "admin"  # noqa: S105  what Odoo gives every new database

    @property
    def url(self) -> str:
        return self.web.url

    @property
    def logs(self) -> list[Path]:
        return [self.web.log, self.jobs.log]

    def is_alive(self) -> bool:
        return self.web.is_alive() and self.jobs.is_alive()


@contextmanager
def running(
    server: Server, database: str, port: int | None = None, jobs: config.Role = config.JOBS
) -> Iterator[Odoo]:
    """Odoo on `database`, screens and jobs, answering when the body begins; ended after it.

    `port` has to be free; without one the first free port from 8069 on is taken. Raises Failure.
    """
    roles = {"web": config.WEB, "jobs": jobs}
    with running_nodes(server, database, roles, _port(port)) as nodes:
        yield Odoo(database, *nodes)


@contextmanager
def running_nodes(
    server: Server, database: str, roles: Mapping[str, config.Role], port: int | None = None
) -> Iterator[list[Node]]:
    """Process groups on `database`, by name, answering when the body begins; ended after it.

    :param port: of the first one; the others take any
    :raises Failure: one does not come up, or somebody serves the database already
    """
    with (
        locks.claimed(f"serving-{database}", f"serves the database {database} already"),
        ExitStack() as ended,
    ):
        nodes: list[Node] = []
        ended.callback(_end, nodes)
        for name, role in roles.items():
            nodes.append(start(server, database, role, None if nodes else port, name))
        for node in nodes:
            _wait(node)
        yield nodes


def _end(nodes: Sequence[Node]) -> None:
    processes.stop_all([node.process for node in nodes])
    for node in nodes:
        # It holds the password of the database.
        Path(node.environment["ODOO_RC"]).unlink(missing_ok=True)


def start(
    server: Server,
    database: str,
    role: config.Role,
    port: int | None = None,
    name: str | None = None,
) -> Node:
    """Start the process group of one role and return at once; the caller ends its process.

    Its configuration and its log are called by `name`; two groups share neither.
    """
    port = port or processes.any_free_port()
    name = f"{database}-{name or ('jobs' if role.workers else 'web')}"
    configuration = config.write(name, server, role, port, processes.free_port(port + 1))
    log = paths.log_file(f"odoo-{name}")
    log.unlink(missing_ok=True)
    command = odoo.command("-d", database, "--db-filter", f"^{database}$")
    environment = odoo.environment(server, configuration)
    return Node(port, log, command, environment, processes.start(command, log, environment))


def _port(wanted: int | None) -> int:
    if wanted is None:
        return processes.free_port(FIRST_PORT)
    if not processes.is_free(wanted):
        raise Failure(f"Port {wanted} is in use.", "Name another with --port, or leave it out.")
    return wanted


def _wait(node: Node) -> None:
    if not processes.wait_until(node.answers, node.is_alive, PATIENCE):
        raise Failure(
            "Odoo did not come up.",
            f"Look into {node.log}.",
            odoo_log.last_error(node.log.read_text(errors="replace")),
        )
