"""A staged page, imported: what the job ``import page k`` does."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..meaning.problems import OF_THE_LISTS, Problem
from .context import ImportContext
from .enrolment import Enrolment
from .isolation import import_entries
from .outcome import Outcome
from .staged import StagedRecords
from .standing import Standing


@dataclass(frozen=True)
class PageResult:
    """All outcomes of a page in the order of its records.

    :param page_problems: what concerns the page as a whole
    :param later: places of the records that have to wait for pages in front
    """

    outcomes: list[Outcome]
    page_problems: list[Problem]
    later: frozenset[int] = frozenset()

    @property
    def record_problems(self) -> Iterator[tuple[Outcome, Problem]]:
        """Problems to be told record by record."""
        for outcome in self.outcomes:
            for problem in outcome.problems:
                if not (outcome.was_imported and problem.code in OF_THE_LISTS):
                    yield outcome, problem

    @property
    def list_problems(self) -> Iterator[Problem]:
        """Names missing in a list here: one for each name, saying how often it was met."""
        met = Counter(
            (problem.code, problem.reason)
            for outcome in self.outcomes
            for problem in outcome.problems
            if outcome.was_imported and problem.code in OF_THE_LISTS
        )
        for (code, reason), times in sorted(met.items()):
            yield Problem(code, "", f"{reason} Met {times} times on this page.")

    @property
    def counts(self) -> Counter:
        """Values of the page's ``…_count`` fields."""
        counts = Counter(f"{outcome.state}_count" for outcome in self.outcomes)
        for outcome in self.outcomes:
            if outcome.members or outcome.gone_ids:  # most single persons have neither
                counts.update(outcome.member_counts(), gone_id_count=outcome.gone_ids)
        return counts


class PageImport:
    """Reads, imports and enrols the records of one page.

    :param page: a fetched ``g2p.social.registry.import.page``
    :param may_start_over: see :func:`isolation.import_entries`
    :param only: places on the page to import, from 0; None for all
    """

    def __init__(self, page, *, may_start_over: bool, only: frozenset[int] | None = None):
        self._context = ImportContext(page)
        self._may_start_over = may_start_over
        self._only = only

    def run(self) -> PageResult:
        """Import everything that can be imported now.

        :raises AnotherWasQuicker: start the page over
        """
        staged = StagedRecords(self._context, self._only)
        entries, outcomes = staged.read()
        settled, entries = Standing(self._context).settle(entries)
        outcomes += settled
        outcomes += import_entries(self._context, entries, may_start_over=self._may_start_over)
        outcomes.sort(key=lambda outcome: outcome.index)
        return PageResult(outcomes, Enrolment(self._context).enrol(outcomes), staged.later)
