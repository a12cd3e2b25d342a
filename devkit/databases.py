"""Databases and their files: is it there, copy it, drop it."""

import os
import shutil
from pathlib import Path

from . import paths
from .postgres import Server


def exists(server: Server, name: str) -> bool:
    return bool(server.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)))


def create_empty(server: Server, name: str) -> None:
    """Make a database as Odoo makes its own, with the index support that the server has."""
    server.execute(
        f"CREATE DATABASE {quoted(name)} ENCODING 'UTF8' LC_COLLATE 'C' TEMPLATE template0"
    )
    if server.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'"):
        server.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm", database=name)


def copy(server: Server, template: str, name: str) -> None:
    """Make `name` a copy of `template`. Raises psycopg2.errors.DuplicateDatabase."""
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


def rename(server: Server, name: str, new: str) -> None:
    """Give the database and its files another name."""
    server.execute(f"ALTER DATABASE {quoted(name)} RENAME TO {quoted(new)}")
    shutil.rmtree(filestore(new), ignore_errors=True)
    if filestore(name).exists():
        filestore(name).rename(filestore(new))


def drop(server: Server, name: str) -> None:
    """Drop the database, if there is one, whoever is connected, and its files."""
    if exists(server, name):
        server.execute(f"ALTER DATABASE {quoted(name)} IS_TEMPLATE false")
        server.execute(f"DROP DATABASE {quoted(name)} WITH (FORCE)")
    shutil.rmtree(filestore(name), ignore_errors=True)


def note(server: Server, name: str) -> str:
    """The comment on a database, or an empty text."""
    query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    [(comment,)] = server.execute(query, (name,))
    return comment or ""


def set_note(server: Server, name: str, comment: str) -> None:
    """Replace the comment on a database."""
    server.execute(f"COMMENT ON DATABASE {quoted(name)} IS %s", (comment,))


def filestore(name: str) -> Path:
    """Where Odoo keeps the attachments of a database."""
    return paths.DATA_DIR / "filestore" / name


def quoted(name: str) -> str:
    """`name` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
