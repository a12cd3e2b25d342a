"""People whom pages further in front bring as well, and who are not in yet."""

from collections.abc import Collection, Iterable
from typing import Any

from ..meaning.lists import Key, keys_within
from ..meaning.staging import StagedRows
from .context import ImportContext

#: As many pages may be on their way in at once; whoever is on others is met there all the same.
_MOST_PAGES = 10
#: In front of a name, so that it is no type and value of an ID.
_BY_NAME = "name"

#: Name and birth date, marked as such.
Name = tuple[str, str, str]


class PagesInFront:
    """The open pages of the run in front of this one, mostly in the hands of other workers.

    Two workers that write the same registrant at once cannot both go on: the second one waits for
    the first, and then starts its page over to see what the other has written. So a page leaves
    the few records that have anybody in common with a page in front until that one is in. The
    first open page leaves none, so there is always one that goes on.

    Nothing in the database would stop two workers from creating one person twice who has no
    identifier. So of such records, name and birth date are compared as well; but not of those that
    say what they said last time: they have a row here, which the database lets one worker write.

    :param known: digests of the records that say what they said last time
    """

    def __init__(self, context: ImportContext, known: Collection[str] = ()):
        self._context = context
        self._page = context.page
        self._known = known

    def shared(self, records: Iterable[tuple[int, Any, str]]) -> frozenset[int]:
        """Places of the records that name somebody whom a page in front names: one statement.

        :param records: place on the page, wire record and digest
        """
        pages = self._pages()
        if not pages:
            return frozenset()
        records = list(records)
        names = {place: self._name(raw) for place, raw, seen in records if seen not in self._known}
        taken = self._taken(pages, by_name=any(names.values()))
        return frozenset(
            place
            for place, raw, _digest in records
            if names.get(place) in taken or any(key in taken for key in keys_within(raw))
        )

    def _taken(self, pages, *, by_name: bool) -> set[Key | Name]:
        taken: set[Key | Name] = set()
        for page in pages:
            rows = StagedRows(page.payload)
            for raw in map(rows.__getitem__, page.retry_only or range(len(rows))):
                taken.update(keys_within(raw))
                if by_name and (name := self._name(raw)):
                    taken.add(name)
        return taken

    def _name(self, raw: Any) -> Name | None:
        """Name and birth date of a record that will be recognised by nothing else."""
        if not self._context.importer.import_registrant_without_id or not isinstance(raw, dict):
            return None
        own = keys_within({"regIds": raw.get("regIds")})
        if any(self._context.catalogue.id_type(id_type) for id_type, _value in own):
            return None
        found = self._context.reader.natural_key(raw, is_group=self._context.run.is_group)
        return found and (_BY_NAME, *found)

    def _pages(self):
        # sudo: what is staged is closed to everybody but this code; only identifiers, names and
        # birth dates are compared.
        pages = self._page.sudo()
        in_front = [
            ("run_id", "=", self._page.run_id.id),
            ("number", "<", self._page.number),
            ("state", "=", "fetched"),
            ("payload", "!=", False),
        ]
        names = ["payload", "retry_only"]
        return pages.search_fetch(in_front, names, order="number desc", limit=_MOST_PAGES)
