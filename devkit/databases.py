"""Databases with all addons, copied from a template made once per state of the code."""

import os
import shutil
from pathlib import Path

from psycopg2.errors import DuplicateDatabase

from . import addons, config, locks, odoo, paths, stamps
from .failure import Failure
from .postgres import Server
from .processes import CommandFailed, run
from .progress import step

TEMPLATE_PREFIX = "tpl_"
# What a template does not depend on.
NOT_INSTALLED = frozenset(["tests"])


def create(server: Server, name: str) -> None:
    """Make the database `name` with every addon installed. Raises Failure if it exists."""
    template = ensure_template(server)
    with step(f"Database {name}: copying the template"):
        try:
            _copy(server, template, name)
        except DuplicateDatabase as error:
            advice = f"Choose another name, or drop it: ./dev dropdb {name}"
            raise Failure(f"The database {name} exists already.", advice) from error


def ensure(server: Server, name: str) -> bool:
    """Make the database unless it is there; True if it was made."""
    if exists(server, name):
        return False
    create(server, name)
    return True


def exists(server: Server, name: str) -> bool:
    return bool(server.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)))


def drop(server: Server, name: str) -> None:
    """Drop the database, if there is one, whoever is connected, and its files."""
    if exists(server, name):
        server.execute(f"ALTER DATABASE {quoted(name)} IS_TEMPLATE false")
        server.execute(f"DROP DATABASE IF EXISTS {quoted(name)} WITH (FORCE)")
    shutil.rmtree(filestore(name), ignore_errors=True)


def filestore(name: str) -> Path:
    """Where Odoo keeps the attachments of a database."""
    return paths.DATA_DIR / "filestore" / name


def quoted(name: str) -> str:
    """`name` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def ensure_template(server: Server) -> str:
    """The name of the template for the code as it stands; made if need be, older ones dropped."""
    with locks.exclusive("template"):
        name = template_name()
        if not exists(server, name):
            _make_template(server, name)
        return name


def template_name() -> str:
    """A name that changes with Odoo and the files of the addons."""
    odoo_state = (paths.STAMPS / "odoo").read_text() if (paths.STAMPS / "odoo").exists() else ""
    state = stamps.digest(
        odoo_state,
        os.environ.get("ODOO_ROOT", ""),
        paths.ROOT / "requirements.txt",
        stamps.tree_digest(addons.folders(), NOT_INSTALLED),
    )
    return TEMPLATE_PREFIX + state


def _make_template(server: Server, name: str) -> None:
    unfinished = f"unfinished_{name}"
    drop(server, unfinished)
    _create_empty(server, unfinished)
    with step("Database template: installing the addons"):
        _install(server, unfinished)
    _drop_templates(server)
    server.execute(f"ALTER DATABASE {quoted(unfinished)} RENAME TO {quoted(name)}")
    if filestore(unfinished).exists():
        filestore(unfinished).rename(filestore(name))
    server.execute(f"ALTER DATABASE {quoted(name)} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true")


def _create_empty(server: Server, name: str) -> None:
    server.execute(
        f"CREATE DATABASE {quoted(name)} ENCODING 'UTF8' LC_COLLATE 'C' TEMPLATE template0"
    )
    trigrams = "SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'"
    if server.execute(trigrams):
        server.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm", database=name)


def _install(server: Server, name: str) -> None:
    wanted = ",".join([*addons.ALWAYS_INSTALLED, *addons.names()])
    words = ["-d", name, "-i", wanted, "--stop-after-init", "--no-http", "--max-cron-threads=0"]
    log = paths.log_file("template")
    env = odoo.environment(server, config.write("template", server))
    try:
        log.write_text(run(odoo.command(*words), env=env))
    except CommandFailed as error:
        log.write_text(error.output)
        drop(server, name)
        raise Failure(
            "The addons could not be installed.",
            f"Look at the last error in {log}.",
            last_error(error.output),
        ) from error


def last_error(log: str) -> str:
    """The end of an Odoo log from the first line that is an error."""
    lines = log.splitlines()
    bad = (i for i, line in enumerate(lines) if " ERROR " in line or " CRITICAL " in line)
    return "\n".join(lines[next(bad, 0) :])


def _drop_templates(server: Server) -> None:
    like = TEMPLATE_PREFIX.replace("_", r"\_") + "%"
    for (old,) in server.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", (like,)):
        drop(server, old)


def _copy(server: Server, template: str, name: str) -> None:
    server.execute(f"CREATE DATABASE {quoted(name)} TEMPLATE {quoted(template)}")
    shutil.rmtree(filestore(name), ignore_errors=True)
    if filestore(template).exists():
        # Odoo never changes a stored file, so both databases can have the same one.
        shutil.copytree(filestore(template), filestore(name), copy_function=os.link)
    _make_distinct(server, name)


def _make_distinct(server: Server, name: str) -> None:
    """No two databases may share the secret that sessions and links are signed with."""
    server.execute(
        "UPDATE ir_config_parameter SET value = gen_random_uuid()::text "
        "WHERE key IN ('database.uuid', 'database.secret')",
        database=name,
    )
