"""A run of the scheduled action that finds nothing, and how the database went about it."""

import statistics
import time
from unittest.mock import patch

from odoo import SUPERUSER_ID, api, sql_db
from odoo.tools import SQL

from odoo.addons.g2p_mts.flow.vid_schedule import SCHEDULE

_TABLE = "g2p_reg_id"
_RUNS = 21


class Nothing:
    """The scheduled action, run several times; the usual time counts."""

    def __init__(self, registry):
        self._registry = registry

    def run(self) -> dict:
        seconds = [self._time() for _run in range(_RUNS)]
        statements = self._statements()
        return {
            "median": statistics.median(seconds),
            "each": len(statements),
            "plans": [plan for query in statements if (plan := self._plan(query))],
        }

    def _time(self) -> float:
        began = time.monotonic()
        self._start()
        return time.monotonic() - began

    def _start(self) -> None:
        with self._registry.cursor() as cursor:
            env = api.Environment(cursor, SUPERUSER_ID, {})
            if env.ref(SCHEDULE).method_direct_trigger() is not True:
                raise RuntimeError("The scheduled action failed: see the log.")

    def _statements(self) -> list[SQL]:
        """All statements of one more run, with their values."""
        seen = []
        execute = sql_db.Cursor.execute

        def noting(cursor, query, params=None, **options):
            seen.append(query if isinstance(query, SQL) else SQL(query, *(params or ())))
            return execute(cursor, query, params, **options)

        with patch.object(sql_db.Cursor, "execute", noting):
            self._start()
        return seen

    def _plan(self, query: SQL) -> list[str]:
        """What the database says of a statement on the table of IDs, carried out once more."""
        if f'"{_TABLE}"' not in query.code:
            return []
        with self._registry.cursor() as cursor:
            cursor.execute(SQL("EXPLAIN (ANALYZE, BUFFERS OFF, COSTS OFF, SUMMARY OFF) %s", query))
            return [line for (line,) in cursor.fetchall()]
