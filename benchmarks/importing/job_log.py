"""What the job workers say about each job in their access log: statements and seconds.

Odoo counts what goes through its cursors per request, and a job is one request.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_JOB = re.compile(
    r"^\S+ \S+ (?P<pid>\d+) INFO \S+ werkzeug: "
    r".*GET /queue_job/runjob\?\S*job_uuid=(?P<uuid>[\w-]+)"
    r'.*" 200 - (?P<statements>\d+) (?P<in_sql>[\d.]+) (?P<outside_sql>[\d.]+)$'
)


@dataclass(frozen=True)
class Job:
    """One job as it was carried out.

    :param pid: the worker
    :param statements: SQL statements, those that keep the books of the queue included
    """

    pid: int
    uuid: str
    statements: int
    in_sql: float
    outside_sql: float

    @property
    def seconds(self) -> float:
        return self.in_sql + self.outside_sql


class JobLog:
    """Reads a log from where it ends now."""

    def __init__(self, file: Path):
        self._file = file
        self._from = file.stat().st_size

    def jobs(self) -> list[Job]:
        """The jobs carried out since."""
        with self._file.open(errors="replace") as log:
            log.seek(self._from)
            return list(read(log))


def read(lines: Iterable[str]) -> Iterator[Job]:
    """The jobs in the lines of an Odoo log."""
    for line in lines:
        if found := _JOB.match(line):
            yield Job(
                int(found["pid"]),
                found["uuid"],
                int(found["statements"]),
                float(found["in_sql"]),
                float(found["outside_sql"]),
            )
