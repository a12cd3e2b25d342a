"""What one row of the table came to."""

import os
from dataclasses import dataclass

from tests.faults.stage import Stage

from .machine import Meter, parent


@dataclass(frozen=True)
class Row:
    """How many people in how many seconds, and at what cost.

    :param people: persons who came in, as members of households or by themselves
    :param memory: most memory of a worker, MB resident
    :param cpu: processor seconds of the workers
    :param database_cpu: processor seconds of the database server
    :param others: cores busy with something else, on average
    :param early_memory: as ``memory``, until a tenth of the people was in
    :param fetching: seconds in which pages were fetched and staged
    """

    people: int
    seconds: float
    statements: int
    memory: float
    cpu: float
    database_cpu: float
    others: float
    early_memory: float = 0.0
    fetching: float = 0.0

    @property
    def rate(self) -> float:
        """People per second."""
        return self.people / self.seconds

    @property
    def frugality(self) -> float:
        """People per processor second, of workers and database: as `rate`, whoever else works."""
        return self.people / (self.cpu + self.database_cpu)

    @property
    def statements_each(self) -> float:
        """SQL statements per person."""
        return self.statements / self.people


def meter(stage: Stage) -> Meter:
    """Starts to measure what this process, its children and the database make of the machine."""
    local = "SELECT pg_backend_pid() WHERE inet_server_addr() IS NULL"
    database = next((parent(pid) for (pid,) in stage.sql(local)), None)
    return Meter(os.getpid(), database)


def settle(stage: Stage) -> None:
    """Let no row pay for what the one before has left to the database."""
    stage.sql("VACUUM ANALYZE")
    stage.sql("CHECKPOINT")
