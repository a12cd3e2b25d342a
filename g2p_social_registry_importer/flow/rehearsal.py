"""What an import would write, found out by writing it and taking all of it back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ..meaning.problems import Code, Problem, RecordError
from .batch import Batch
from .context import ImportContext
from .enrolment import Enrolment
from .isolation import import_entries
from .outcome import Entry, Outcome, refused
from .sides import PersonSides, SidesReader


@dataclass
class Rehearsed:
    """What would become of one record.

    :param people: the registrant, then the members that could be read; empty if nothing could be
        compared
    :param leaving: names of those whose membership would end
    """

    raw: Any
    outcome: Outcome
    people: list[PersonSides] = field(default_factory=list)
    leaving: list[str] = field(default_factory=list)


@dataclass
class Rehearsal:
    """What would become of some records.

    :param problems: what concerns all of them
    """

    records: list[Rehearsed]
    problems: list[Problem]


def rehearse(importer, records: Sequence[Any], refusals: dict[int, str]) -> Rehearsal:
    """Import records as a run would, and take everything back.

    The engine is the same as in a run, in a savepoint that is rolled back whatever happens. It
    makes no run, page, issue, link, before-image, decision or job; cursors stay where they are.

    :param importer: a ``g2p.fetch.social.registry.beneficiary`` the user may read
    :param records: wire records; None where the registry refused
    :param refusals: place in ``records`` → why the registry could not send it
    :raises AccessError: the user has not the rights to import
    """
    savepoint = importer.env.cr.savepoint()
    try:
        return _Rehearsing(importer, records, refusals).run()
    finally:
        savepoint.close(rollback=True)


class _RehearsalContext(ImportContext):
    """An import without run and page."""

    def __init__(self, importer, raw: Sequence[Any]):
        super().__init__(importer.env["g2p.social.registry.import.page"], importer)
        self.keeps_images = False
        self.raw = raw
        self.sides: dict[int, tuple[list[PersonSides], list[str]]] = {}


class _RehearsalBatch(Batch):
    """Looks at what was written instead of remembering it for later runs."""

    def _remember(self, active) -> None:
        self._context.env.flush_all()  # what a constraint objects to, it objects to now
        reader = SidesReader(self._context, self._households)
        for entry, household in zip(self._entries, self._households, strict=True):
            self._context.sides[entry.index] = (
                reader.people(self._context.raw[entry.index], household),
                reader.leaving(household),
            )


class _Rehearsing:
    def __init__(self, importer, records: Sequence[Any], refusals: dict[int, str]):
        self._importer = importer
        self._records = records
        self._refusals = refusals
        self._context = _RehearsalContext(importer, records)

    def run(self) -> Rehearsal:
        entries, outcomes = self._read()
        outcomes += import_entries(
            self._context, entries, may_start_over=False, batch=_RehearsalBatch
        )
        outcomes.sort(key=lambda outcome: outcome.index)
        problems = Enrolment(self._context).enrol(outcomes)
        return Rehearsal([self._rehearsed(outcome) for outcome in outcomes], problems)

    def _read(self) -> tuple[list[Entry], list[Outcome]]:
        entries: list[Entry] = []
        outcomes: list[Outcome] = []
        is_group = self._importer.target_registry == "group"
        for index, raw in enumerate(self._records):
            try:
                if words := self._refusals.get(index):
                    raise RecordError(Problem(Code.REFUSED_AT_SOURCE, "", words))
                registrant = self._context.reader.read(raw, is_group=is_group)
                entries.append(Entry(index, registrant, digest=""))
            except RecordError as error:
                outcomes.append(refused(index, error.problem))
        return entries, outcomes

    def _rehearsed(self, outcome: Outcome) -> Rehearsed:
        rejected = any(problem.code is Code.REJECTED for problem in outcome.problems)
        people, leaving = self._context.sides.get(outcome.index, ([], []))
        raw = self._records[outcome.index]
        return Rehearsed(raw, outcome, *(([], []) if rejected else (people, leaving)))
