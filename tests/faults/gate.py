"""A gate in front of the IDs: whoever is about to write one waits there, and all go on at once."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from devkit.postgres import Server

_GATE = "LOCK TABLE g2p_reg_id IN SHARE MODE"
_AT_THE_GATE = """
    SELECT count(DISTINCT pid) FROM pg_locks JOIN pg_database AS base ON base.oid = database
     WHERE NOT granted AND relation = 'g2p_reg_id'::regclass AND datname = current_database()
"""


@contextmanager
def closed(postgres: Server, database: str) -> Iterator[Callable[[], int]]:
    """Closed for the length of a block, which is told how many wait."""
    with closing(postgres.connect(database)) as session, session.cursor() as cursor:
        session.autocommit = False
        cursor.execute(_GATE)

        def waiting() -> int:
            cursor.execute(_AT_THE_GATE)
            return cursor.fetchone()[0]

        yield waiting
