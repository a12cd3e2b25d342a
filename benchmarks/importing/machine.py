"""What processes use of the machine, read from /proc."""

import os
import time
from contextlib import suppress
from pathlib import Path

from devkit.processes import children

TICKS = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")
_FORGET_PEAK = "5"


class Meter:
    """Measures from now on who keeps the machine busy.

    :param ours: a process that counts as ours, with all its children
    :param database: the process of the database server that all its others come from, if it runs
        on this machine
    """

    def __init__(self, ours: int, database: int | None):
        self._ours, self._server = ours, database
        self._began = self._readings()

    def read(self) -> tuple[float, float]:
        """Processor seconds of the database server, and the cores busy with something else."""
        now = self._readings()
        seconds, busy, ours, database = (b - a for a, b in zip(self._began, now, strict=True))
        return database, max(busy - ours - database, 0.0) / seconds

    def _readings(self) -> tuple[float, ...]:
        database = tree_seconds(self._server) if self._server else 0.0
        return time.monotonic(), busy_seconds(), tree_seconds(self._ours), database


def busy_seconds() -> float:
    """Seconds of all cores since the machine started, without idle ones."""
    numbers = [int(word) for word in (PROC / "stat").read_text().splitlines()[0].split()[1:9]]
    user, nice, system, _idle, _waiting, *interrupts_and_stolen = numbers
    return (user + nice + system + sum(interrupts_and_stolen)) / TICKS


def tree_seconds(pid: int) -> float:
    """Processor seconds of a process and its children, those that have ended included."""
    return cpu_seconds(pid, and_ended_children=True) + sum(map(tree_seconds, children(pid)))


def cpu_seconds(pid: int, and_ended_children: bool = False) -> float:
    """Processor seconds of one process; 0 if it has ended."""
    fields = _stat(pid)
    times = fields[11:15] if and_ended_children else fields[11:13]
    return sum(map(int, times)) / TICKS


def parent(pid: int) -> int:
    """The process that started this one."""
    return int(_stat(pid)[1])


def forget_peak(pid: int) -> None:
    """Let `peak_memory` begin anew."""
    with suppress(FileNotFoundError, ProcessLookupError):
        (PROC / f"{pid}/clear_refs").write_text(_FORGET_PEAK)


def peak_memory(pid: int) -> float:
    """The most memory (MB resident) the process has used; 0 if it has ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        for line in (PROC / f"{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1000
    return 0.0


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat behind the name, which may hold blanks."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return (PROC / f"{pid}/stat").read_text().rpartition(")")[2].split()
    return ["0"] * 20
