"""Databases with all addons, copied from a template made once per state of the code.

The template itself is copied from one with only the addons of others, which changes rarely.
A database carries the name of the template that has what it has as its comment.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from psycopg2.errors import DuplicateDatabase

from . import addons, config, locks, odoo, odoo_log, paths, stamps
from .databases import copy, create_empty, drop, exists, note, quoted, rename, set_note
from .failure import Failure
from .postgres import Server
from .processes import CommandFailed, run
from .progress import step

PREFIX = "tpl_"
BARE_PREFIX = "bare_"
# What a template does not depend on.
NOT_INSTALLED = frozenset(["tests"])


def create(server: Server, name: str) -> str:
    """Make the database `name` with every addon installed, and return the template's name.

    Raises Failure if the database exists.
    """
    # Held until the copy is there: whoever makes the next template drops this one.
    with locks.exclusive("template"):
        template = _template(server)
        with step(f"Database {name}: copying the template"):
            try:
                copy(server, template, name)
            except DuplicateDatabase as error:
                advice = f"Choose another name, or drop it: ./dev dropdb {name}"
                raise Failure(f"The database {name} exists already.", advice) from error
    set_note(server, name, template)
    return template


def ensure(server: Server, name: str) -> None:
    """Make the database, or bring the one there up to the state of the code. Raises Failure."""
    wanted = template_name()
    if not exists(server, name):
        create(server, name)
    elif note(server, name) != wanted:
        with step(f"Database {name}: updating the addons, which have changed"):
            log = paths.log_file(f"update-{name}")
            _install(server, name, log, [*addons.foundations(), *addons.names()], update=True)
        set_note(server, name, wanted)


def _template(server: Server) -> str:
    """The name of the template for the code as it stands; made if need be, older ones dropped."""
    name = template_name()
    if not exists(server, name):
        bare = _bare_template(server)
        unfinished = f"unfinished_{name}"
        drop(server, unfinished)
        copy(server, bare, unfinished)
        with step("Database template: installing the addons"):
            _install(server, unfinished, paths.log_file(name), addons.names())
        _keep(server, unfinished, name, PREFIX)
    return name


def _bare_template(server: Server) -> str:
    name = bare_name()
    if not exists(server, name):
        unfinished = f"unfinished_{name}"
        drop(server, unfinished)
        create_empty(server, unfinished)
        with step("Database template: installing Odoo's own part"):
            _install(server, unfinished, paths.log_file(name), addons.foundations())
        _keep(server, unfinished, name, BARE_PREFIX)
    return name


def _keep(server: Server, unfinished: str, name: str, prefix: str) -> None:
    """Let a finished template take the place of the older ones, closed to everybody."""
    _drop_all(server, prefix)
    rename(server, unfinished, name)
    server.execute(f"ALTER DATABASE {quoted(name)} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true")


def template_name() -> str:
    """A name that changes with Odoo and the files of the addons."""
    code = stamps.tree_digest(addons.folders(), NOT_INSTALLED)
    return PREFIX + stamps.digest(bare_name(), code)


def bare_name() -> str:
    """A name that changes with Odoo and the list of addons of others."""
    unpacked = paths.STAMPS / "odoo"
    return BARE_PREFIX + stamps.digest(
        unpacked.read_text() if unpacked.exists() else "",
        os.environ.get("ODOO_ROOT", ""),
        paths.ROOT / "requirements.txt",
        ",".join(addons.foundations()),
    )


def _install(
    server: Server, name: str, log: Path, wanted: Sequence[str], update: bool = False
) -> None:
    words = ["-d", name, "-i", ",".join(wanted)]
    words += ["-u", ",".join(addons.names())] if update else []
    words += ["--stop-after-init", "--no-http", "--max-cron-threads=0"]
    env = odoo.environment(server, config.write("install", server))
    try:
        log.write_text(run(odoo.command(*words), env=env))
    except CommandFailed as error:
        log.write_text(error.output)
        raise Failure(
            f"The addons could not be installed in {name}.",
            f"Look at the last error in {log}.",
            odoo_log.last_error(error.output),
        ) from error


def _drop_all(server: Server, prefix: str) -> None:
    like = prefix.replace("_", r"\_") + "%"
    for (old,) in server.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", (like,)):
        drop(server, old)
        (paths.LOGS / f"{old}.log").unlink(missing_ok=True)
