"""Getting a page although the registry stumbles over one of its rows.

OpenG2P answers 404 for a whole page when a single row cannot be rendered: an ID without value, a
member with two kinds, an empty name. One such row at the source must not keep everybody else out,
so the page is asked for in halves until the row stands alone.
"""

from dataclasses import replace

from .client import Answer, SocialRegistry
from .errors import QueryRefusal
from .page import Page
from .query import RegistryQuery

#: Behind the end of any registry, within GraphQL's 32-bit Int: renders no row at all.
_NOWHERE = 2**31 - 1
#: More bad rows on one page than this are no longer an exception.
_MOST_BAD_ROWS = 20


def fetch_page(registry: SocialRegistry, query: RegistryQuery, page: Page) -> Answer:
    """The page, with None in place of rows that the registry cannot render.

    :returns: ``refusals`` of the answer says for each such place why, in the registry's words
    :raises QueryRefusal: the query itself is refused, or too many rows are bad
    :raises ConfigurationError, TemporaryError, RefusalError: see :mod:`errors`
    """
    try:
        return registry.fetch(query, page)
    except QueryRefusal as refusal:
        answered_at = _refuses_rows_only(registry, query, page, refusal)
        search = _Search(registry, query)
        records = search.rows(page, refusal)
        return Answer(records, answered_at, search.refusals_from(page.offset))


def _refuses_rows_only(registry, query, page: Page, refusal: QueryRefusal):
    """The registry's clock, if the same query is fine as long as it renders no row.

    :raises QueryRefusal: the query itself is to blame; in the words of the first refusal
    """
    try:
        return registry.fetch(query, replace(page, limit=1, offset=_NOWHERE)).answered_at
    except QueryRefusal:
        raise refusal from None


class _Search:
    """Asks for smaller and smaller slices; remembers the rows that were refused alone."""

    def __init__(self, registry: SocialRegistry, query: RegistryQuery):
        self._registry = registry
        self._query = query
        self._refusals: dict[int, str] = {}

    def rows(self, page: Page, refusal: QueryRefusal) -> list[dict | None]:
        """The rows of a slice that was refused as a whole."""
        if page.limit == 1:
            return self._give_up(page.offset, refusal)
        half = page.limit // 2
        first = self._slice(replace(page, limit=half))
        if len(first) < half:
            return first
        rest = replace(page, limit=page.limit - half, offset=page.offset + half)
        return first + self._slice(rest)

    def refusals_from(self, offset: int) -> dict[int, str]:
        """Place on the page, from 0 → the registry's words."""
        return {row - offset: words for row, words in self._refusals.items()}

    def _slice(self, page: Page) -> list[dict | None]:
        try:
            return self._registry.fetch(self._query, page).records
        except QueryRefusal as refusal:
            return self.rows(page, refusal)

    def _give_up(self, offset: int, refusal: QueryRefusal) -> list[None]:
        self._refusals[offset] = str(refusal)
        if len(self._refusals) > _MOST_BAD_ROWS:
            raise refusal
        return [None]
