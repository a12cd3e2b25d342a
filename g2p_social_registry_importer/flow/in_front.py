"""People whom pages further in front bring as well, and who are not in yet."""

from collections.abc import Iterable, Iterator
from typing import Any

from ..meaning.lists import Key, keys_within
from ..meaning.staging import StagedRows
from .context import ImportContext

#: As many pages may be on their way in at once; whoever is on others is met there all the same.
_MOST_PAGES = 10


class PagesInFront:
    """The open pages of the run in front of this one, mostly in the hands of other workers.

    Two workers that write the same registrant at once cannot both go on: the second one waits for
    the first, and then starts its page over to see what the other has written. So a page leaves
    the few records that have anybody in common with a page in front until that one is in. The
    first open page leaves none, so there is always one that goes on.
    """

    def __init__(self, context: ImportContext):
        self._page = context.page

    def shared(self, records: Iterable[tuple[int, Any]]) -> frozenset[int]:
        """Places of the records that name somebody whom a page in front names: one statement.

        :param records: place on the page and wire record
        """
        taken = set(self._keys())
        if not taken:
            return frozenset()
        return frozenset(
            place for place, raw in records if any(key in taken for key in keys_within(raw))
        )

    def _keys(self) -> Iterator[Key]:
        for page in self._pages():
            rows = StagedRows(page.payload)
            for place in page.retry_only or range(len(rows)):
                yield from keys_within(rows[place])

    def _pages(self):
        # sudo: what is staged is closed to everybody but this code; only identifiers are compared.
        pages = self._page.sudo()
        in_front = [
            ("run_id", "=", self._page.run_id.id),
            ("number", "<", self._page.number),
            ("state", "=", "fetched"),
            ("payload", "!=", False),
        ]
        names = ["payload", "retry_only"]
        return pages.search_fetch(in_front, names, order="number desc", limit=_MOST_PAGES)
