"""Measures batch after batch, each in a transaction of its own, as jobs do."""

import gc
import os
import time
from collections.abc import Callable, Iterable

from odoo import api, sql_db
from odoo.modules.registry import Registry

from benchmarks.importing.machine import Meter, cpu_seconds, forget_peak, parent, peak_memory


class Ruler:
    """Measures what this process and the database do.

    :param user: id of the user the work is done as
    """

    def __init__(self, registry: Registry, user: int):
        self._registry, self._user = registry, user
        with registry.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid() WHERE inet_server_addr() IS NULL")
            found = cursor.fetchone()
        self._database = parent(found[0]) if found else None

    def measure(self, work: Callable, batches: Iterable) -> dict[str, float]:
        """Do `work(env, batch)` for each batch; a row of the table.

        :param work: returns how many people it was about; None once there is nothing left
        """
        gc.collect()
        forget_peak(os.getpid())
        people, statements = 0, []
        meter, cpu, began = Meter(os.getpid(), self._database), cpu_seconds(os.getpid()), _now()
        for batch in batches:
            before = sql_db.sql_counter
            done = self._do(work, batch)
            if not done:
                break
            people += done
            statements.append(sql_db.sql_counter - before)
        seconds, (database_cpu, others) = _now() - began, meter.read()
        return {
            "people": people,
            "seconds": seconds,
            "statements": sum(statements),
            "memory": peak_memory(os.getpid()),
            "cpu": cpu_seconds(os.getpid()) - cpu,
            "database_cpu": database_cpu,
            "others": others,
            # The first batch also fills the caches of the process.
            "fewest": min(statements[1:] or statements),
            "most": max(statements[1:] or statements),
        }

    def _do(self, work: Callable, batch: object) -> int | None:
        with self._registry.cursor() as cursor:
            return work(api.Environment(cursor, self._user, {}), batch)


def _now() -> float:
    return time.monotonic()
