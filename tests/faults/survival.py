"""The same people imported twice: once in peace, and once while job workers are killed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from devkit.postgres import Server
from tests.faults import reading
from tests.faults.content import Content, content
from tests.faults.killing import Accidents, Kill
from tests.faults.stage import Stage, stage

#: Seconds a run may take: some for each accident, and so many for a page.
PER_KILL, PER_PAGE, PATIENCE = 60, 10, 120


@dataclass(frozen=True)
class Trial:
    """What is imported, and how often it is disturbed. The same seeds, the same moments."""

    households: int
    page_size: int
    kills: int
    seed: int = 1

    @property
    def pages(self) -> int:
        return self.households // self.page_size

    @property
    def patience(self) -> float:
        return PATIENCE + self.kills * PER_KILL + self.pages * PER_PAGE


@dataclass(frozen=True)
class Ending:
    """How an import ended. `sheet` is its balance sheet, see `devkit.balance_sheet`."""

    sheet: dict[str, Any]
    content: Content
    kills: list[Kill] = field(default_factory=list)


def in_peace(postgres: Server, database: str, trial: Trial) -> Ending:
    """Import into a new database, and drop it. Raises Failure."""
    with _started(postgres, database, trial) as (on, run):
        on.wait(run, trial.patience)
        return Ending(reading.sheet(on, run), content(on))


def under_fire(postgres: Server, database: str, trial: Trial) -> Ending:
    """The same while workers are killed. Raises Failure."""
    with _started(postgres, database, trial) as (on, run):
        accidents = Accidents(
            on,
            run,
            expected=trial.pages,
            kills=trial.kills,
            seed=trial.seed,
            patience=trial.patience,
        )
        kills = accidents.happen()
        return Ending(reading.sheet(on, run), content(on), kills)


@contextmanager
def _started(postgres: Server, database: str, trial: Trial) -> Iterator[tuple[Stage, int]]:
    population = {"households": trial.households, "seed": trial.seed}
    with stage(postgres, database, **population) as on:
        yield on, on.start(on.create_import("group", page_size=trial.page_size))
