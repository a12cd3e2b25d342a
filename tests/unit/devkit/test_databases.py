"""Databases are made, copied and dropped on a real server, together with their files."""

import os

import psycopg2
import pytest
from psycopg2.errors import DuplicateDatabase

from devkit import databases

NAME = f"unit_{os.getpid()}"
COPY = f"{NAME}_copy"


@pytest.fixture
def template(postgres, state):
    """A database with the two parameters that differ in each database, and one stored file."""
    databases.create_empty(postgres, NAME)
    for statement in (
        "CREATE TABLE ir_config_parameter (key text, value text)",
        "INSERT INTO ir_config_parameter VALUES ('database.secret', 's'), ('other', 'o')",
    ):
        postgres.execute(statement, database=NAME)
    stored = databases.filestore(NAME) / "ab" / "abcd"
    stored.parent.mkdir(parents=True)
    stored.write_text("content")
    yield NAME
    for name in (NAME, COPY):
        databases.drop(postgres, name)


def parameters(server, name):
    return dict(server.execute("SELECT key, value FROM ir_config_parameter", database=name))


def test_a_copy_has_data_and_files_but_a_secret_of_its_own(postgres, template):
    databases.copy(postgres, template, COPY)
    assert parameters(postgres, COPY)["other"] == "o"
    assert parameters(postgres, COPY)["database.secret"] != "s"
    assert (databases.filestore(COPY) / "ab" / "abcd").read_text() == "content"


def test_a_copy_over_a_database_is_refused(postgres, template):
    databases.copy(postgres, template, COPY)
    postgres.execute("CREATE TABLE mine ()", database=COPY)
    with pytest.raises(DuplicateDatabase):
        databases.copy(postgres, template, COPY)
    assert postgres.execute("SELECT * FROM mine", database=COPY) == []


def test_dropping_removes_files_and_cuts_connections(postgres, template):
    session = postgres.connect(template)
    databases.drop(postgres, template)
    assert not databases.exists(postgres, template)
    assert not databases.filestore(template).exists()
    with pytest.raises(psycopg2.Error):
        session.cursor().execute("SELECT 1")
    session.close()


def test_dropping_what_is_not_there_does_no_harm(postgres, state):
    databases.drop(postgres, f"{NAME}_absent")


def test_files_follow_a_new_name(postgres, template):
    databases.rename(postgres, template, COPY)
    assert databases.exists(postgres, COPY)
    assert (databases.filestore(COPY) / "ab" / "abcd").exists()
    assert not databases.filestore(template).exists()


def test_a_note_stays_with_the_database(postgres, template):
    assert databases.note(postgres, template) == ""
    databases.set_note(postgres, template, "tpl_1")
    assert databases.note(postgres, template) == "tpl_1"


def test_sorting_is_by_code_point_as_odoo_wants_it(postgres, template):
    query = "SELECT datcollate FROM pg_database WHERE datname = %s"
    assert postgres.execute(query, (template,)) == [("C",)]


def test_a_name_cannot_break_out_of_its_quotes():
    assert databases.quoted('a"; DROP DATABASE b; --') == '"a""; DROP DATABASE b; --"'
