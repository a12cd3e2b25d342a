"""Measures an import by the addon, carried out by real job workers."""

import time

from devkit.failure import Failure
from tests.faults.stage import ACTIVE, Stage

from . import machine
from .job_log import Job, JobLog
from .row import Row, meter, settle

PULSE = 0.05
#: Seconds until the worker has written the last line of a run into its log.
AFTERGLOW = 0.5
_PAGES = "g2p_social_registry_import_page"
_OUTCOMES = ("created", "updated", "unchanged")


def measure(stage: Stage, importer: int, expected: int) -> Row:
    """Press "Fetch", and wait for the end. Raises Failure unless everybody came in.

    :param expected: about how many people there are
    """
    settle(stage)
    watch = _Watch(stage, expected)
    run = stage.start(importer)
    watch.follow(run)
    if stage.state(run) != "done":
        raise Failure(f"The run ended as {stage.state(run)}.", f"Look into {stage.odoo.jobs.log}.")
    return watch.row(run)


class _Watch:
    """Looks on while a run goes its way."""

    def __init__(self, stage: Stage, expected: int):
        self._stage = stage
        self._expected = expected
        self._workers = machine.children(stage.odoo.jobs.process.pid)
        for pid in self._workers:
            machine.forget_peak(pid)
        self._cpu = self._each(machine.cpu_seconds)
        self._early: dict[int, float] = {}
        self._log = JobLog(stage.odoo.jobs.log)
        self._meter = meter(stage)
        self._began = time.monotonic()

    def follow(self, run: int) -> None:
        """Wait until the run has ended."""
        while self._stage.state(run) in ACTIVE:
            if not self._early and people_in(self._stage, run) >= self._expected / 10:
                self._early = self._each(machine.peak_memory)
            time.sleep(PULSE)
        self._seconds = time.monotonic() - self._began
        self._database_cpu, self._others = self._meter.read()

    def row(self, run: int) -> Row:
        """What was seen, of the workers that had a part in it."""
        time.sleep(AFTERGLOW)
        jobs = self._log.jobs()
        cpu, memory = self._each(machine.cpu_seconds), self._each(machine.peak_memory)
        busy = {job.pid for job in jobs} & set(self._workers)
        return Row(
            people=people_in(self._stage, run),
            seconds=self._seconds,
            statements=sum(job.statements for job in jobs),
            memory=max(memory[pid] for pid in busy),
            early_memory=max((self._early.get(pid, 0) for pid in busy), default=0),
            cpu=sum(cpu[pid] - self._cpu[pid] for pid in busy),
            database_cpu=self._database_cpu,
            others=self._others,
            fetching=self._fetching(jobs),
        )

    def _each(self, reading) -> dict[int, float]:
        return {pid: reading(pid) for pid in self._workers}

    def _fetching(self, jobs: list[Job]) -> float:
        seconds = {job.uuid: job.seconds for job in jobs}
        rows = self._stage.sql("SELECT uuid FROM queue_job WHERE method_name = '_fetch'")
        return sum(seconds.get(uuid, 0) for (uuid,) in rows)


def people_in(stage: Stage, run: int) -> int:
    """How many persons a run has brought in so far, or met unchanged."""
    records, members = (
        " + ".join(f"COALESCE(sum({kind}{outcome}_count), 0)" for outcome in _OUTCOMES)
        for kind in ("", "member_")
    )
    query = f"SELECT {records}, {members} FROM {_PAGES} WHERE run_id = %s"  # noqa: S608
    [(records, members)] = stage.sql(query, run)
    return int(members or records)
