"""Going on behind the rows that are here already, although rows may have moved meanwhile.

Pages are cut by offset. When a row leaves the source between two calls, all rows behind it move
up: the next page would begin one row too late, and the row in between would be missed without a
word. So each page but the first asks, in the same call, once more for the last row of the page
before. Where that row is in its place, all that follows is still to be fetched, whatever happened
in front of it. Where it is not, slices are read from further and further in front until one holds
rows that are known; the last known row is the place to go on from.

A row is known by its identifiers, else by all it says. So one that was edited meanwhile is known
again; rows without identifier that say exactly the same are taken for one another.

The order is total, and new rows come last (``id asc``). So every row that is at the source during
all calls is fetched once. One that appears further in front meanwhile, because somebody made it
active again or it matches the query now, came after the run began, and is left to the next run.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from .bad_rows import fetch_page
from .client import Answer, SocialRegistry, goes_on_behind
from .errors import MovedRowsError, RefusalError
from .known_rows import KnownRows, Rows, are_different, keys_of
from .page import Page
from .query import RegistryQuery

#: Slices read for one page before the place counts as lost: so many pages of rows may have moved.
_MOST_READS = 25


@dataclass(frozen=True)
class Continuation:
    """The rows of a page.

    :param answer: the rows behind those that are known
    :param offset: the place of the first of them at the registry, from 0
    :param is_last: nobody is behind them
    :param most: how many rows the registry sends at a time, if that is less than it was asked for
    """

    answer: Answer
    offset: int
    is_last: bool
    most: int | None


def go_on(
    registry: SocialRegistry,
    query: RegistryQuery,
    page: Page,
    earlier: Iterable[Rows],
    arrived: Callable[[Rows], None] = lambda _rows: None,
) -> Continuation:
    """Fetch a page, with None in place of rows that the registry cannot render.

    One call, as long as rows have not moved and none is refused. Only where a page is just so
    short that the registry may send no more rows at a time, one row behind it is asked for too.

    :param page: what is expected: rows that are not known yet, from this offset on
    :param earlier: the rows of the pages before, from the last page back; read as far as needed
    :param arrived: what is done with rows before they are compared with these
    :raises MovedRowsError: so much has changed at the source that the place cannot be found
    :raises RefusalError: the registry refuses, or sends the same rows whatever the offset
    :raises ConfigurationError, TemporaryError: see :mod:`errors`
    """
    return _Reading(registry, query, page, KnownRows(earlier), arrived).read()


class _Reading:
    """One page on its way: what is asked for, and the rows known before."""

    def __init__(
        self,
        registry: SocialRegistry,
        query: RegistryQuery,
        page: Page,
        known: KnownRows,
        arrived: Callable[[Rows], None],
    ):
        self._registry = registry
        self._query = query
        self._page = page
        self._known = known
        self._arrived = arrived
        self._overlap = known.overlap

    def read(self) -> Continuation:
        asked, answer = self._slice()
        received = len(answer.records)
        is_cut = self._is_cut(asked, answer)
        met = self._known.met_in(answer.records) if self._overlap else 0
        if is_cut and met == received:
            return self._without_overlap(asked, answer)
        rows = _without_first(met, answer)
        is_last = received < asked.limit and not is_cut
        return Continuation(rows, asked.offset + met, is_last, received if is_cut else None)

    def _slice(self) -> tuple[Page, Answer]:
        """The slice that begins with the last known row, and what the registry sent for it."""
        offset = max(0, self._page.offset - self._overlap)
        asked = replace(self._page, limit=self._page.limit + self._overlap, offset=offset)
        answer = self._fetch(asked)
        is_there = not self._overlap or keys_of(answer.records[:1]) == [self._known.last]
        return (asked, answer) if is_there else self._find_place(asked, answer)

    def _find_place(self, asked: Page, answer: Answer) -> tuple[Page, Answer]:
        offset = self._further_in_front(asked)
        for _read in range(_MOST_READS):
            before, asked = (asked, answer), replace(asked, offset=offset)
            answer = self._fetch(asked)
            _refuse_the_same_rows(before, (asked, answer))
            place = self._known.last_place_in(answer.records)
            if place == 0:
                return asked, answer
            if place is None and not offset:
                break
            offset = offset + place if place else self._further_in_front(asked)
        raise MovedRowsError(
            "The registry's rows changed so much during the run that the place where it was "
            "cannot be found again. What came in stays; fetch again to get the others."
        )

    def _further_in_front(self, asked: Page) -> int:
        self._known.load()
        return max(0, asked.offset - asked.limit + 1)

    def _is_cut(self, asked: Page, answer: Answer) -> bool:
        """Whether the slice is short because the registry sends no more rows at a time.

        So many rows as a page has came before: behind the first page, only the overlap can be
        too much for it.
        """
        least = self._page.limit if self._overlap else 1
        return len(answer.records) >= least and goes_on_behind(
            self._registry, self._query, asked, answer
        )

    def _without_overlap(self, asked: Page, answer: Answer) -> Continuation:
        """The page by a call of its own: the rows asked for again are all that is sent at once."""
        most = len(answer.records)
        offset = asked.offset + self._known.met_from(answer.records[0])
        rows = self._fetch(replace(self._page, offset=offset))
        return Continuation(rows, offset, is_last=not rows.records, most=most)

    def _fetch(self, page: Page) -> Answer:
        answer = fetch_page(self._registry, self._query, page)
        self._arrived(answer.records)
        return answer


def _refuse_the_same_rows(*reads: tuple[Page, Answer]) -> None:
    (one, first), (other, second) = reads
    if (
        one.offset != other.offset
        and are_different(first.records)
        and keys_of(first.records) == keys_of(second.records)
    ):
        raise RefusalError(
            "The registry sends the same rows for other pages: it does not obey the offset. "
            "Nothing behind them can be fetched."
        )


def _without_first(number: int, answer: Answer) -> Answer:
    refusals = {place - number: words for place, words in answer.refusals.items()}
    return replace(
        answer,
        records=answer.records[number:],
        refusals={place: words for place, words in refusals.items() if place >= 0},
    )
