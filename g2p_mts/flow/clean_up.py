"""A clean-up: batch after batch, each in a transaction of its own, all of it in one receipt."""

import math
import time

from .due import Due
from .parameters import read_number
from .vid_batch import Batch, is_concurrency
from .vid_keys import UnreadableKeys
from .vid_rule import VidRule

#: VIDs in a transaction. The sweep reads long tables once for each batch, so the more the better;
#: but so many rows are locked until it is over, and done again if one of them fails.
_BATCH, _BATCH_PARAMETER = 20_000, "g2p_mts.vid_delete_batch"
_TRIES, _PAUSE = 10, 0.05
_ABOUT = ["trigger", "is_practice", "due_count", "last_row", "deleted_count", "failed_count"]


class CleanUp:
    """Deletes what is due, until nothing is left, time is up, or as many are gone as may be.

    In a batch, a VID is deleted, swept, remembered and put on the receipt in one transaction: a
    server that is killed leaves none deleted without its line.

    :param receipts: the model of the receipts
    :param receipt: the one to go on with; none: it is made with the first batch, so that a run
        that finds nothing leaves none
    :param values: of the receipt to be made
    """

    def __init__(self, receipts, rule: VidRule, receipt=None, values=None):
        self._env, self._receipts, self._values = receipts.env, receipts, values or {}
        self._receipt = receipt if receipt is not None else receipts.browse()
        about = receipt.read(_ABOUT, load=None)[0] if receipt else self._values
        self._due = Due(self._env, rule, retry_failed=about["trigger"] != "schedule")
        self._batch = Batch(self._env, is_practice=about.get("is_practice", False))
        self._size = read_number(self._env, _BATCH_PARAMETER, _BATCH)
        self._most, self._last = about["due_count"], about.get("last_row", 0)
        self._handled = about.get("deleted_count", 0) + about.get("failed_count", 0)

    def run(self) -> None:
        """Work. Whatever stops it, what is done until then is on the receipt.

        :raises Exception: what stopped it, after the receipt has been closed
        """
        try:
            self._resume()
            self._work_or_break_off()
        finally:
            # All there is to keep has been committed; after a failure nothing else would work.
            self._env.cr.rollback()
            self._receipt._release()

    def _resume(self):
        if self._receipt:
            self._receipt._write_open({"state": "running", "is_paused": False})
            self._commit(0)

    def _work_or_break_off(self):
        try:
            if self._work():
                self._end()
            else:
                self._pause()
        except Exception as error:
            self._break_off(error)
            raise

    def _work(self):
        """Whether all is done; else time is up."""
        seconds = math.inf
        while seconds > 0:
            rows = self._patiently(self._one_batch)
            if rows is None:
                return True
            seconds = self._commit(rows, remaining=max(self._most - self._handled, 0))
        return False

    def _patiently(self, step):
        """Do one step; again, with a new look at the database, when another server was faster."""
        known = self._receipt
        for attempt in range(1, _TRIES):
            try:
                return step()
            except Exception as error:
                if not is_concurrency(error):
                    raise
            self._env.cr.rollback()
            # A receipt that was made in this transaction is gone with it.
            (self._receipt - known)._release()
            self._receipt = known
            time.sleep(_PAUSE * attempt)
        return step()

    def _one_batch(self):
        """Delete the next ones; how many rows were looked at, or None if there are none."""
        size = min(self._size, self._most - self._handled)
        is_over = size < 1 or self._receipt.stopped_by_id
        rows = [] if is_over else self._due.take(self._last, size)
        if not rows:
            return None
        outcome = self._batch.run(rows)
        self._receipt = self._receipt or self._receipts._begin(self._values)
        self._receipt._note(outcome, rows[-1].row_id)
        self._last = rows[-1].row_id
        self._handled += len(outcome.lines)
        return len(rows)

    def _end(self):
        self._patiently(self._receipt._end)
        self._commit(0, remaining=0)

    def _pause(self):
        """The time of the scheduled action is up: it goes on when it is called again."""
        self._receipt._write_open({"is_paused": True})
        self._commit(0, remaining=max(self._most - self._handled, 1))

    def _break_off(self, error):
        """Close the receipt over what was done; it may be that not even this works."""
        self._env.cr.rollback()
        if receipt := self._receipt.exists():
            receipt._seal("interrupted", self._why(error))
            self._commit(0)

    def _why(self, error):
        if isinstance(error, UnreadableKeys):
            return str(error)
        return self._env._("It was broken off (%s); see the server log.", type(error).__name__)

    def _commit(self, rows, remaining=None):
        """Keep what was done, and tell the scheduled action; seconds that are left to it."""
        return self._env["ir.cron"]._commit_progress(rows, remaining=remaining)
