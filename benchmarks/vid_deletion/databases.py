"""Databases full of people: planted once, and copied for everybody who deletes their VIDs."""

import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from typing import Any

from psycopg2.extensions import connection as Session

from benchmarks.importing import directly
from devkit import databases, paths, templates
from devkit.postgres import Server
from tests.faults import vid_people
from tests.faults.vid_people import Kinds

#: Of how many people one has a message that quotes the VID; another nine have one that does not.
_QUOTED = 100
_MESSAGES = """
    INSERT INTO mail_message (message_type, model, res_id, date, body)
    SELECT 'comment', 'res.partner', partner_id, now(),
           '<p>Called about ' || CASE WHEN place %% %s = 0 THEN value ELSE md5(value) END || '</p>'
      FROM (SELECT partner_id, value, row_number() OVER (ORDER BY id) AS place
              FROM g2p_reg_id WHERE id_type = %s) AS vid
     WHERE place %% (%s / 10) = 0
"""
_CARDS = """
    INSERT INTO g2p_reg_id (partner_id, id_type, value, status)
    SELECT partner_id, card, 'C-' || partner_id, 'valid'
      FROM g2p_reg_id, unnest(%s) AS card WHERE id_type = %s
"""


@dataclass
class Database:
    """One of them. `session` looks into it from outside and commits by itself."""

    name: str
    session: Session

    def sql(self, query: str, *values: Any) -> list[tuple]:
        """Run one statement; its rows, if it has any."""
        with self.session.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall() if cursor.description else []

    def plant_due(self, number: int) -> None:
        """So many people whose VIDs are due, and some messages about them."""
        kinds, _cards = self._prepared()
        vid_people.plant(self.sql, kinds, number)
        self.sql(_MESSAGES, _QUOTED, kinds.vid, _QUOTED)

    def plant_done(self, rows: int, waiting: int) -> None:
        """So many ID rows of people whose VID is gone, and of a few who wait for their token."""
        kinds, cards = self._prepared()
        vid_people.plant(self.sql, kinds, waiting)
        self.sql("DELETE FROM g2p_reg_id WHERE id_type = %s", kinds.token)
        self.sql("UPDATE g2p_mts_request_line SET state = 'sent', closed_at = NULL")
        [(last,)] = self.sql("SELECT max(id) FROM g2p_reg_id")
        vid_people.plant(self.sql, kinds, (rows - waiting) // (len(cards) + 1))
        self.sql("DELETE FROM g2p_reg_id WHERE id_type = %s AND id > %s", kinds.vid, last)
        self.sql(_CARDS, cards, kinds.token)

    def rows(self) -> int:
        """How many IDs there are."""
        [(number,)] = self.sql("SELECT count(*) FROM g2p_reg_id")
        return number

    def _prepared(self) -> tuple[Kinds, list[int]]:
        """What Odoo has made to plant people with, and a rule; ids of other types of IDs."""
        with inside("prepare", self) as (process, log):
            made = json.loads(directly.answer(process, log))
        cards = made.pop("cards")
        return Kinds(**made), cards


@contextmanager
def inside(way: str, database: Database) -> Iterator[tuple[Popen, Path]]:
    """A process that does something inside Odoo, see ``inside``; and its log."""
    log = paths.log_file(f"bench-vid-{way}")
    words = [sys.executable, "-m", "benchmarks.vid_deletion.inside", way]
    with directly.process([*words, "--database", database.name, "--log", log]) as process:
        yield process, log


@contextmanager
def new(server: Server, name: str) -> Iterator[Database]:
    """One with all addons and nobody in it. Raises Failure."""
    templates.create(server, name)
    with _dropped(server, name) as database:
        yield database


@contextmanager
def copy(server: Server, original: Database, name: str) -> Iterator[Database]:
    """One like another, which nobody is connected with meanwhile."""
    original.session.close()
    databases.copy(server, original.name, name)
    with _dropped(server, name) as database:
        yield database


@contextmanager
def _dropped(server: Server, name: str) -> Iterator[Database]:
    try:
        with closing(server.connect(name)) as session:
            yield Database(name, session)
    finally:
        databases.drop(server, name)
