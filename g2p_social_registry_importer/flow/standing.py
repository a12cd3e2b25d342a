"""People whom a page brings as they were, and who are here as they were: most, in most runs."""

from collections import Counter
from collections.abc import Sequence

from .context import ImportContext
from .links import Links
from .matching import Key, Matcher
from .outcome import Entry, Outcome, State
from .seen import Seen, note_seen


class Standing:
    """Settles the records about which nothing has to be decided.

    Such a record says what it said when it was last applied, its identifiers are all held by the
    one whom it brought then, and no other record of the page means any of them. All the others
    take the long way, on which these are people that another record of the run has brought.

    Households take it too: their members have to be looked at one by one.
    """

    def __init__(self, context: ImportContext):
        self._context = context
        self._matcher = Matcher(context)
        self._links = Links(context)
        self._keeps_names = context.importer.import_registrant_without_id

    def settle(self, entries: Sequence[Entry]) -> tuple[list[Outcome], list[Entry]]:
        """Note who was seen again. Three statements at most, and none if no record is known.

        :returns: the outcomes of what is settled, and the entries that are left
        """
        if self._context.run.is_group or not any(entry.link for entry in entries):
            return [], list(entries)
        standing = self._standing(entries)
        note_seen(self._context, [self._seen(entry) for entry in standing.values()])
        self._context.met.update(entry.link.registrant_id for entry in standing.values())
        outcomes = [
            Outcome(index, State.UNCHANGED, registrant_id=entry.link.registrant_id)
            for index, entry in standing.items()
        ]
        return outcomes, [entry for entry in entries if entry.index not in standing]

    def _standing(self, entries: Sequence[Entry]) -> dict[int, Entry]:
        """Place on the page → record."""
        holders = self._matcher.holders({key for e in entries for key in e.registrant.keys})
        meant = [{pid for k in e.registrant.keys for pid in holders.get(k, ())} for e in entries]
        times = Counter(pid for found in meant for pid in found)
        alone = [
            entry
            for entry, found in zip(entries, meant, strict=True)
            if len(found) == 1 and times[min(found)] == 1 and self._is_same(entry, holders)
        ]
        partners = self._matcher.partners({entry.link.registrant_id for entry in alone})
        fits = self._matcher.fits
        return {e.index: e for e in alone if fits(partners[e.link.registrant_id], is_group=False)}

    def _is_same(self, entry: Entry, holders: dict[Key, set[int]]) -> bool:
        """Whether all its identifiers are held by whom the record brought."""
        link = entry.link
        return (
            link is not None
            and all(link.registrant_id in holders.get(key, ()) for key in entry.registrant.keys)
            and bool(link.natural_key or not self._keeps_names)
            and not self._links.was_met_elsewhere(link, entry.index)
        )

    def _seen(self, entry: Entry) -> Seen:
        return Seen(entry.link.registrant_id, self._context.rows_before + entry.index)
