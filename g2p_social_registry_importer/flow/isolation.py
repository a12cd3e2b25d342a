"""The records of a page, imported so that a bad one stops no other."""

import logging
import traceback
from collections.abc import Iterator, Sequence

from odoo.exceptions import UserError

from odoo.addons.g2p_registry_base.isolation import isolate

from ..meaning.problems import Code, Problem
from .batch import Batch
from .context import ImportContext
from .outcome import Entry, Outcome, refused

_logger = logging.getLogger(__name__)


def import_entries(
    context: ImportContext,
    entries: Sequence[Entry],
    *,
    may_start_over: bool,
    batch: type[Batch] = Batch,
) -> list[Outcome]:
    """Import all entries, those that two identifiers tie together one after the other.

    :param may_start_over: whether a unique index that objects may mean another worker
    :param batch: what is done with records that go in together
    :raises AnotherWasQuicker: with the same registrant; nothing of this page is kept
    :raises AccessError: the user has not the rights to import; not a matter of one record
    """
    outcomes: list[Outcome] = []
    for wave in _waves(entries):
        outcomes += _import(context, wave, may_start_over, batch)
    return outcomes


def _waves(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Groups in which no two entries share a key, so that the second one finds the first."""
    rest = list(entries)
    while rest:
        taken: set = set()
        wave, later = [], []
        for entry in rest:
            keys = set(entry.registrant.keys) or {entry.registrant.natural_key}
            (later if keys & taken else wave).append(entry)
            taken |= keys
        yield wave
        rest = later


def _import(
    context: ImportContext, entries: list[Entry], may_start_over: bool, batch: type[Batch]
) -> list[Outcome]:
    return isolate(
        context.env,
        entries,
        lambda some: batch(context, some).run(),
        lambda entry, error: refused(entry.index, _rejection(error), entry.registrant.label),
        may_start_over=may_start_over,
        forget=context.forget,
    )


def _rejection(error: Exception) -> Problem:
    """Odoo's own words where they are meant for people; else the place in the code, in the log.

    The text of other exceptions may quote the record and is kept nowhere.
    """
    if isinstance(error, UserError):
        return Problem(Code.REJECTED, "", str(error))
    frames = "".join(traceback.format_tb(error.__traceback__)[-6:])
    _logger.warning("A record was rejected by %s at\n%s", type(error).__name__, frames)
    reason = f"The database or an addon rejected it ({type(error).__name__}); see the server log."
    return Problem(Code.REJECTED, "", reason)
