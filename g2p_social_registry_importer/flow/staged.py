"""The staged records of a page, read; those that say what they said last time as far as needed."""

from typing import Any

from ..meaning.known import KnownRegistrant
from ..meaning.labels import label
from ..meaning.problems import Code, Problem, RecordError
from ..meaning.records import Registrant
from ..meaning.staging import unstage
from .context import ImportContext
from .in_front import PagesInFront
from .links import Link, Links
from .outcome import Entry, Outcome, refused

#: Place on the page, record and digest.
Staged = tuple[int, Any, str]


class StagedRecords:
    """Reads what is staged of a page.

    :param only: places on the page to read, from 0; None for all
    :ivar later: places of those that were left until the pages in front are in
    """

    def __init__(self, context: ImportContext, only: frozenset[int] | None = None):
        self._context = context
        self._is_group = context.run.is_group
        self._only = only
        self.later: frozenset[int] = frozenset()

    def read(self) -> tuple[list[Entry], list[Outcome]]:
        """The records that can be imported, and the outcomes of those that cannot."""
        staged = self._staged()
        known = Links(self._context).of_digests(digest for _index, _raw, digest in staged)
        staged = self._without_later(staged, known)
        refusals = self._context.page.refusals or {}
        entries: list[Entry] = []
        outcomes: list[Outcome] = []
        for index, raw, digest in staged:
            if words := refusals.get(str(index)):
                outcomes.append(refused(index, Problem(Code.REFUSED_AT_SOURCE, "", words)))
                continue
            try:
                link = known.get(digest)
                entries.append(Entry(index, self._registrant(raw, link), digest, link))
            except RecordError as error:
                outcomes.append(refused(index, error.problem, label(raw)))
        return entries, outcomes

    def _staged(self) -> list[Staged]:
        """Place on the page, record and digest."""
        # sudo: the staged payload is closed to everybody but this code.
        staged = unstage(self._context.page.sudo().payload)
        digest = self._context.reader.digest
        return [
            (index, raw, digest(text, is_group=self._is_group))
            for index, (text, raw) in enumerate(staged)
            if self._only is None or index in self._only
        ]

    def _without_later(self, staged: list[Staged], known: dict[str, Link]) -> list[Staged]:
        self.later = PagesInFront(self._context, known).shared(staged)
        return [one for one in staged if one[0] not in self.later]

    def _registrant(self, raw: Any, link: Link | None) -> Registrant | KnownRegistrant:
        reader, is_group = self._context.reader, self._is_group
        if link:
            return KnownRegistrant(raw, reader, is_group=is_group, fingerprint=link.fingerprint)
        return reader.read(raw, is_group=is_group)
