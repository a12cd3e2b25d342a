"""One bad record never stops its page: the batch is halved until the bad one stands alone."""

import logging
import traceback
from collections.abc import Iterator, Sequence

from psycopg2 import errors

from odoo.exceptions import AccessError, UserError
from odoo.service.model import PG_CONCURRENCY_ERRORS_TO_RETRY

from odoo.addons.g2p_registry_base.unlogged import refused_statements_unlogged

from ..meaning.problems import Code, Problem
from .batch import Batch
from .context import ImportContext
from .outcome import Entry, Outcome, refused

_logger = logging.getLogger(__name__)


class ConcurrentImport(Exception):
    """Another worker wrote the same registrant first; the page has to start over."""


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
    :raises ConcurrentImport: see there; nothing of this page is kept
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
    try:
        with refused_statements_unlogged(), context.env.cr.savepoint():
            return batch(context, entries).run()
    except Exception as error:
        _raise_unless_of_a_record(error, may_start_over)
        context.forget()
        if len(entries) == 1:
            return [refused(entries[0].index, _rejection(error), entries[0].registrant.label)]
    middle = len(entries) // 2
    return [
        *_import(context, entries[:middle], may_start_over, batch),
        *_import(context, entries[middle:], may_start_over, batch),
    ]


def _raise_unless_of_a_record(error: Exception, may_start_over: bool) -> None:
    if getattr(error, "pgcode", None) in PG_CONCURRENCY_ERRORS_TO_RETRY:
        raise error
    # Odoo ends a job that takes too long by a bare Exception out of a signal.
    if isinstance(error, AccessError | MemoryError) or type(error) is Exception:
        raise error
    if isinstance(error, errors.UniqueViolation) and may_start_over:
        raise ConcurrentImport from None


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
