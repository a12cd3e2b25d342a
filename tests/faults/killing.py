"""Kills job workers at random moments of a run, and has it go on."""

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from devkit import processes
from devkit.failure import Failure
from tests.faults.stage import ACTIVE, Stage

PULSE = 0.02
#: Seconds between two sweeps; an installation has minutes.
BETWEEN_SWEEPS = 2
#: Seconds into a job, at most, at which its worker is killed.
LATEST = 0.5
PAGE_TABLE = "g2p_social_registry_import_page"
BUSY = "SELECT worker_pid, method_name FROM queue_job WHERE state = 'started'"


@dataclass(frozen=True)
class Kill:
    """One accident.

    :param victim: `node`, all processes for jobs; or `worker`, the one that carried out a job
    :param doing: the method of that job
    :param pages: how many pages were imported by then
    :param seconds: since the start of the run
    """

    victim: str
    doing: str
    pages: int
    seconds: float


class Accidents:
    """Happen to the run of an import, at as many random moments as asked for.

    :param expected: how many pages the run will have
    :param kills: how many accidents; the middle one ends all processes for jobs
    :param patience: seconds the whole run may take
    """

    def __init__(
        self, on: Stage, run: int, *, expected: int, kills: int, seed: int, patience: float
    ):
        self._on, self._run = on, run
        self._random = Random(seed)
        # Before the last page, or there might be nothing left to kill.
        self._moments = sorted(self._random.sample(range(expected - 1), kills))
        self._node_at = self._moments[kills // 2]
        self._began = time.monotonic()
        self._until = self._began + patience
        self._swept = self._began

    def happen(self) -> list[Kill]:
        """Wait for the end of the run, and tell what was done to it meanwhile.

        :raises Failure: the run does not come to its end, or did so too early
        """
        kills = [self._kill(moment) for moment in self._moments]
        for _ in self._while_active():
            pass
        return kills

    def _kill(self, moment: int) -> Kill:
        """Wait until so many pages are imported, and then for a job to be under way."""
        for _ in self._while_active():
            if self._imported() < moment:
                continue
            delay = self._random.uniform(0, LATEST)
            time.sleep(delay)
            if busy := self._busy():
                return self._strike(moment, busy)
        raise Failure("The run had ended before all accidents happened.", "Kill less often.")

    def _strike(self, moment: int, busy: list[tuple[int, str]]) -> Kill:
        pid, doing = self._random.choice(busy)
        pages, seconds = self._imported(), time.monotonic() - self._began
        if moment != self._node_at:
            os.kill(pid, signal.SIGKILL)
            return Kill("worker", doing, pages, seconds)
        jobs = self._on.odoo.jobs
        processes.kill(jobs.process)
        jobs.restart()
        return Kill("node", doing, pages, seconds)

    def _busy(self) -> list[tuple[int, str]]:
        """Workers of ours that carry out a job, and which."""
        ours = processes.children(self._on.odoo.jobs.process.pid)
        return [(pid, method) for pid, method in self._on.sql(BUSY) if pid in ours]

    def _imported(self) -> int:
        [(pages,)] = self._on.sql(
            f"SELECT count(*) FROM {PAGE_TABLE} WHERE run_id = %s AND state = 'imported'",  # noqa: S608
            self._run,
        )
        return pages

    def _while_active(self) -> Iterator[None]:
        """Beats until the run has ended, and has lost jobs looked after now and then."""
        while self._on.state(self._run) in ACTIVE:
            yield
            now = time.monotonic()
            if now > self._until:
                raise Failure("The run does not come to its end.", "Look into the logs.")
            if now > self._swept + BETWEEN_SWEEPS:
                self._on.sweep()
                self._swept = now
            time.sleep(PULSE)
