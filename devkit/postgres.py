"""The database server in use: that of PGHOST/PGPORT/PGUSER, else the embedded one."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg2
from psycopg2.extensions import connection as Session

from . import cluster
from .failure import Failure

OLDEST = 130000
MAKE_A_ROLE = (
    "Make a role that may create databases, and name it: "
    "createuser --createdb --login --pwprompt odoo; export PGUSER=odoo PGPASSWORD=…"
)


@dataclass(frozen=True)
class Server:
    """How to reach a PostgreSQL server. `host` may be the folder of its socket."""

    host: str
    port: int
    user: str
    password: str = field(default="", repr=False)

    def connect(self, database: str = "postgres") -> Session:
        """A session that commits by itself. Raises psycopg2.OperationalError."""
        session = psycopg2.connect(
            host=self.host or None,
            port=self.port,
            user=self.user,
            password=self.password or None,
            dbname=database,
        )
        session.autocommit = True
        return session

    def execute(self, query: str, values: tuple = (), database: str = "postgres") -> list[tuple]:
        """Run one statement and return its rows, if it has any."""
        session = self.connect(database)
        try:
            with session.cursor() as cursor:
                cursor.execute(query, values)
                return cursor.fetchall() if cursor.description else []
        finally:
            session.close()

    def environment(self) -> dict[str, str]:
        """Variables by which libpq, and Odoo, find the server."""
        return {
            "PGHOST": self.host,
            "PGPORT": str(self.port),
            "PGUSER": self.user,
            "PGPASSWORD": self.password,
        }


@contextmanager
def running() -> Iterator[Server]:
    """The server to use, up at least as long as the body runs. Raises Failure."""
    if is_external(os.environ):
        server = external(os.environ)
        check(server)
        yield server
        return
    embedded = cluster.embedded()
    with embedded.in_use():
        yield Server(str(embedded.sockets), cluster.PORT, cluster.ROLE)


def is_external(env: Mapping[str, str]) -> bool:
    """Whether the environment names a server."""
    return any(env.get(name) for name in ("PGHOST", "PGPORT", "PGUSER"))


def external(env: Mapping[str, str]) -> Server:
    """The server that the environment names. Raises Failure without a role Odoo can use."""
    user = env.get("PGUSER", "")
    if not user:
        raise Failure("PGHOST or PGPORT is set, but not PGUSER.", MAKE_A_ROLE)
    if user == "postgres":
        raise Failure("Odoo refuses to connect as the role `postgres`.", MAKE_A_ROLE)
    port = int(env.get("PGPORT") or 5432)
    return Server(env.get("PGHOST", ""), port, user, env.get("PGPASSWORD", ""))


def check(server: Server) -> None:
    """Raises Failure unless we reach the server, it is new enough and the role can do its work."""
    try:
        [(version,)] = server.execute("SELECT current_setting('server_version_num')::int")
        [(may_create,)] = server.execute(
            "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
        )
    except psycopg2.OperationalError as error:
        raise Failure(
            f"PostgreSQL at {server.host or 'the local socket'}:{server.port} does not let us in.",
            "Check PGHOST, PGPORT, PGUSER and PGPASSWORD; unset them to use the embedded one.",
            str(error),
        ) from error
    if version < OLDEST:
        raise Failure("PostgreSQL is older than version 13.", "Odoo 19 needs version 13 or later.")
    if not may_create:
        raise Failure(f"The role `{server.user}` may not create databases.", MAKE_A_ROLE)
