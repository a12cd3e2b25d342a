"""One batch of VIDs, deleted from everywhere; one bad row never keeps the others from going."""

import logging
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import psycopg2

from odoo import fields
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_ERRORS_TO_RETRY

from odoo.addons.g2p_registry_base.unlogged import refused_statements_unlogged

from .due import DueRow
from .residue import sweep
from .vid_keys import UnreadableKeys

_logger = logging.getLogger(__name__)


@dataclass
class Outcome:
    """What became of some VIDs.

    :param lines: a tuple for each, see ``CHAINED`` of the lines of receipts
    :param found: place → number of copies that the sweep found there
    """

    lines: list[tuple] = field(default_factory=list)
    deleted: int = 0
    failed: int = 0
    found: Counter = field(default_factory=Counter)

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(
            self.lines + other.lines,
            self.deleted + other.deleted,
            self.failed + other.failed,
            self.found + other.found,
        )


class Batch:
    """Deletes VIDs, has them forgotten everywhere else and remembered as gone.

    :param is_practice: do all of it, and take it back
    """

    def __init__(self, env, *, is_practice: bool):
        # sudo: the rule decides whose VIDs go; nobody has the right to delete IDs by hand for it.
        self._env = env(su=True)
        self._is_practice = is_practice
        self._now = fields.Datetime.now()

    def run(self, rows: Sequence[DueRow]) -> Outcome:
        """Delete these, which are locked for this transaction, see ``Due.take``.

        A fixed number of statements, whatever the size, unless a row fails: then the batch is
        halved until the bad row stands alone.

        :raises psycopg2.Error: another server was faster; the whole batch is to be tried again
        :raises UnreadableKeys: no VID can be remembered
        """
        try:
            with refused_statements_unlogged(), self._env.cr.savepoint() as savepoint:
                outcome = self._delete(rows)
                if self._is_practice:
                    savepoint.rollback()
                return outcome
        except Exception as error:
            _raise_unless_of_a_row(error)
            if len(rows) == 1:
                return self._failure(rows[0], error)
        middle = len(rows) // 2
        return self.run(rows[:middle]) + self.run(rows[middle:])

    def _delete(self, rows):
        self._env["g2p.reg.id"].browse(row.row_id for row in rows).unlink()
        # Gone first: copies that have to stay recognisable are masked by what is remembered.
        holders = {(row.id_type, row.value): row.partner_id for row in rows}
        self._env["g2p.mts.vid.gone"]._remember(holders)
        vids = {row.value: row.partner_id for row in rows}
        found = sweep(self._env, vids, keep=[row.token_id for row in rows])
        kind = "practised" if self._is_practice else "deleted"
        lines = [
            (row.row_id, row.partner_id, row.company_id, kind, None, self._now, row.due_since)
            for row in rows
        ]
        return Outcome(lines, deleted=len(lines), found=Counter(found))

    def _failure(self, row, error):
        about = (row.row_id, row.partner_id, row.company_id)
        line = (*about, "failed", self._reason(row, error), self._now, row.due_since)
        return Outcome([line], failed=1)

    def _reason(self, row, error):
        """Odoo's own words where they are meant for people, without the VID.

        The text of other exceptions may quote anything and is kept nowhere.
        """
        if isinstance(error, UserError):
            return str(error).replace(row.value, "…")
        _logger.warning(
            "A VID could not be deleted: %s at\n%s", type(error).__name__, _where(error)
        )
        if isinstance(error, psycopg2.Error):
            what = error.diag.constraint_name or type(error).__name__
            return self._env._("The database refused it (%s).", what)
        return self._env._("An addon failed (%s); see the server log.", type(error).__name__)


def _where(error):
    return "".join(traceback.format_tb(error.__traceback__)[-6:])


def is_concurrency(error: Exception) -> bool:
    """Whether the database objects only because another server was faster."""
    return getattr(error, "pgcode", None) in PG_CONCURRENCY_ERRORS_TO_RETRY


def _raise_unless_of_a_row(error):
    of_everybody = isinstance(error, MemoryError | UnreadableKeys)
    # Odoo ends what takes too long by a bare Exception out of a signal.
    if of_everybody or is_concurrency(error) or type(error) is Exception:
        raise error
