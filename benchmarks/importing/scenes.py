"""The rows of one shape of population, in the order in which they are measured."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from devkit import server
from devkit.postgres import Server
from devkit.progress import step
from tests.faults.stage import Stage, job_workers

from . import directly, through_addon
from .direct import NAIVE_PEOPLE
from .row import Row

PEOPLE_PER_HOUSEHOLD = 5


@dataclass(frozen=True)
class Shape:
    """What is imported: people by themselves, or households of five on average.

    :param page_people: how many people a page holds on average
    """

    target: str
    people: int
    page_people: int

    @property
    def page_size(self) -> int:
        """Records per page."""
        return (
            self.page_people // PEOPLE_PER_HOUSEHOLD if self.target == "group" else self.page_people
        )

    @property
    def households(self) -> int:
        return self.people // PEOPLE_PER_HOUSEHOLD if self.target == "group" else 0

    @property
    def records(self) -> int:
        """How many records there are at the top level."""
        return self.households or self.people

    @property
    def pages(self) -> int:
        return self.records // self.page_size + 1

    @property
    def naive_pages(self) -> int:
        """Pages that hold more people than a record-at-a-time importer is given."""
        return 1 + NAIVE_PEOPLE // self.page_people

    def __str__(self) -> str:
        if self.households:
            return f"{self.households:,} households, {self.people:,} people"
        return f"{self.people:,} individuals"


class Scene:
    """One shape of population on a running Odoo.

    :param arguments: the command line of the benchmark
    """

    def __init__(self, postgres: Server, stage: Stage, shape: Shape, arguments: Namespace):
        self._postgres = postgres
        self._stage = stage
        self._shape = shape
        self._arguments = arguments

    def rows(self) -> Iterator[tuple[str, Row]]:
        """Measure row by row, without those that nobody wants."""
        self._populate(self._arguments.seed)
        importer = self._create_import()
        measured: dict[str, Callable[[], Row]] = {
            "floor": lambda: self._directly("floor", importer, self._shape.pages),
            "first": lambda: self._import("first", importer),
            "again": lambda: self._import("again", importer),
            "tenth": lambda: self._changed("tenth", importer),
            "naive": lambda: self._directly("naive", importer, self._shape.naive_pages),
            "two": self._by_two,
        }
        for name, measure in measured.items():
            if name not in self._arguments.without:
                yield name, measure()

    def _changed(self, name: str, importer: int) -> Row:
        self._change_a_tenth()
        return self._import(name, importer)

    def _by_two(self) -> Row:
        self._populate(self._arguments.seed + 1)
        with _workers(self._postgres, self._stage, 2):
            return self._import("two", self._create_import())

    def _import(self, name: str, importer: int) -> Row:
        pages = self._shape.pages
        directly.measure(self._stage, "reading", importer, pages, 1)
        with step(f"{self._shape}: {name}"):
            return through_addon.measure(self._stage, importer, self._shape.people)

    def _directly(self, way: str, importer: int, pages: int) -> Row:
        workers = min(self._arguments.workers, pages)
        with step(f"{self._shape}: {way}"):
            return directly.measure(self._stage, way, importer, pages, workers)

    def _create_import(self) -> int:
        size = self._shape.page_size
        return self._stage.create_import(self._shape.target, page_size=size)

    def _populate(self, seed: int) -> None:
        shape = self._shape
        with step(f"Sample registry: making {shape}"):
            self._stage.registry.populate(shape.households, shape.people, seed=f"{shape}{seed}")

    def _change_a_tenth(self) -> None:
        """Of everybody: of households and of their members."""
        everybody = self._shape.households + self._shape.people
        self._stage.registry.changes(changed=everybody // 10, seed=self._arguments.seed)


@contextmanager
def _workers(postgres: Server, stage: Stage, number: int) -> Iterator[None]:
    """So many job workers for a while, on a node of their own, instead of those there are."""
    usual = stage.odoo.jobs
    usual.stop()
    role = job_workers(number)
    stage.odoo.jobs = server.start(postgres, stage.odoo.database, role, name="more-jobs")
    try:
        stage.wait_for_runner()
        yield
    finally:
        stage.odoo.jobs.stop()
        stage.odoo.jobs = usual
        usual.restart()
        stage.wait_for_runner()
