"""Ways of deleting the same VIDs: barely, with the rows owed, by the rule, and with the sweep."""

from unittest.mock import patch

from odoo import SUPERUSER_ID, api, sql_db
from odoo.tools import split_every

from odoo.addons.g2p_mts.flow import residue
from odoo.addons.g2p_mts.flow.clean_up import CleanUp
from odoo.addons.g2p_mts.flow.due import Due
from odoo.addons.g2p_mts.flow.vid_rule import read_rule
from odoo.addons.g2p_mts.flow.vid_schedule import SCHEDULE
from odoo.addons.g2p_mts.mixins import vid_deletion_work

from . import BATCH

#: Starts of the scheduled action; each goes on for ten seconds, and then for some batches.
_MOST_STARTS = 1000


class Bare:
    """``unlink()`` of the ID rows, as many at a time and per transaction as in a clean-up."""

    def __init__(self, registry):
        self._registry = registry
        with registry.cursor() as cursor:
            env = api.Environment(cursor, SUPERUSER_ID, {})
            rule = read_rule(env)
            vids = [("id_type", "in", rule.vid_types)]
            self._ids = env["g2p.reg.id"].search(vids, order="id").ids

    def run(self) -> dict:
        batches = [self._delete(ids) for ids in split_every(BATCH, self._ids)]
        return {"deleted": len(self._ids), "batches": batches}

    def _delete(self, ids) -> int:
        before = sql_db.sql_counter
        with self._registry.cursor() as cursor:
            api.Environment(cursor, SUPERUSER_ID, {})["g2p.reg.id"].browse(ids).unlink()
        return sql_db.sql_counter - before


class Floor(Bare):
    """The rows that deletion owes, and no work on them: found, locked, deleted, and two written.

    The database makes up hash and line of each VID by itself, so that hardly anything is sent.
    """

    def __init__(self, registry):
        super().__init__(registry)
        self._last = 0

    def _delete(self, ids) -> int:
        before = sql_db.sql_counter
        with self._registry.cursor() as cursor:
            env = api.Environment(cursor, SUPERUSER_ID, {})
            found = [row.row_id for row in Due(env, read_rule(env)).take(self._last, len(ids))]
            self._last = found[-1]
            env["g2p.reg.id"].browse(found).unlink()
            cursor.execute(_HASHES, [found])
            cursor.execute(_LINES, [found])
        return sql_db.sql_counter - before


_HASHES = """INSERT INTO g2p_mts_vid_gone
                    (key_name, gone_at, expires_at, digest, partner_id, id_type)
             SELECT 'key', now(), now(), sha256(id::text::bytea) AS digest, id, 1
               FROM unnest(%s) AS id ORDER BY digest"""
_LINES = """INSERT INTO g2p_mts_vid_deletion_line
                   (deletion_id, row_id, registrant, outcome, noted_at, due_since)
            SELECT 1, id, id, 'deleted', now(), now() FROM unnest(%s) AS id"""


class Swept:
    """The scheduled action, as often as it takes until no VID is due."""

    def __init__(self, registry):
        self._registry = registry
        self._counters: list[int] = []

    def run(self) -> dict:
        with patch.object(vid_deletion_work, "CleanUp", self._counting()):
            for _start in range(_MOST_STARTS):
                before = len(self._counters)
                self._start()
                if len(self._counters) == before:
                    break
        batches = [end - start for start, end in self._counters]
        return {"deleted": self._deleted(), "batches": batches}

    def _start(self) -> None:
        with self._registry.cursor() as cursor:
            env = api.Environment(cursor, SUPERUSER_ID, {})
            if env.ref(SCHEDULE).method_direct_trigger() is not True:
                raise RuntimeError("The scheduled action failed: see the log.")

    def _deleted(self) -> int:
        with self._registry.cursor() as cursor:
            env = api.Environment(cursor, SUPERUSER_ID, {})
            return sum(env["g2p.mts.vid.deletion"].search([]).mapped("deleted_count"))

    def _counting(self) -> type[CleanUp]:
        """A clean-up that notes how many statements each batch takes, its commit included."""
        counters = self._counters

        class Counting(CleanUp):
            def _one_batch(self):
                self._before = sql_db.sql_counter
                return super()._one_batch()

            def _commit(self, rows, remaining=None):
                left = super()._commit(rows, remaining)
                if rows:
                    counters.append((self._before, sql_db.sql_counter))
                return left

        return Counting


class Unswept(Swept):
    """The same without the sweep: over an empty list of places, which only this process has."""

    def run(self) -> dict:
        with patch.object(residue, "PLACES", ()):
            return super().run()
