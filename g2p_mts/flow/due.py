"""Whose VIDs are due: one statement, in the order of the ID rows."""

from datetime import datetime, timedelta
from itertools import starmap
from typing import NamedTuple

from odoo import fields
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.g2p_registry_base.unlogged import refused_statements_unlogged

from ..checks.json_text import parse_list
from .sql_values import ungrouped
from .vid_rule import VidRule

#: Hours until somebody whose VID could not be deleted is tried again by the schedule.
PAUSE_HOURS = 24


class DueRow(NamedTuple):
    """A VID that is due. The value is kept in memory only."""

    row_id: int
    token_id: int
    id_type: int
    value: str
    partner_id: int
    company_id: int | None
    due_since: datetime


class Due:
    """The VIDs that a rule says are to go.

    :param retry_failed: also those that could not be deleted a short time ago
    """

    def __init__(self, env, rule: VidRule, *, retry_failed: bool = True):
        # sudo: the rule is for all registrants it names, whoever or whatever starts the run.
        # Archived ones have VIDs as well.
        self._rows = env["g2p.reg.id"].sudo().with_context(active_test=False)
        self._people = env["res.partner"].sudo().with_context(active_test=False)
        self._rule = rule
        self._retry_failed = retry_failed
        self._now = fields.Datetime.now()

    def count(self, due_before: datetime | None = None) -> int:
        """How many VIDs are due.

        :param due_before: naive UTC; only those that have been due since before
        """
        since = SQL("TRUE") if due_before is None else SQL("%s < %s", self._since(), due_before)
        return sum(self._each(SQL("count(*) FILTER (WHERE %s)", since)))

    def oldest(self) -> datetime | None:
        """Since when the VID has been due that has waited longest; naive UTC, None if none is."""
        return min(filter(None, self._each(SQL("min(%s)", self._since()))), default=None)

    def _each(self, column):
        return [self._one(self._query(kind).select(column)) for kind in self._rule.vid_types]

    def exists(self) -> bool:
        """Whether any VID is due."""
        return bool(self.after(0, 1))

    def after(self, row_id: int, limit: int) -> list[DueRow]:
        """The next VIDs that are due.

        :param row_id: id of the last row of the batch before
        """
        return self._next(row_id, limit, SQL())

    def take(self, row_id: int, limit: int) -> list[DueRow]:
        """The next VIDs that are due; from now on nobody else can change them, nor their tokens.

        They are locked as they are found, until the transaction ends. Those that another server
        works on just now are left to it; so two servers go on with different VIDs.

        :param row_id: id of the last row of the batch before
        :raises psycopg2.Error: one was changed since this transaction first looked
        """
        table = SQL.identifier(self._rows._table)
        lock = SQL("FOR UPDATE OF %s SKIP LOCKED FOR NO KEY UPDATE OF token SKIP LOCKED", table)
        with refused_statements_unlogged():
            return self._next(row_id, limit, lock)

    def _next(self, row_id, limit, lock):
        self._rows.env.flush_all()
        parts = [self._page(id_type, row_id, limit, lock) for id_type in self._rule.vid_types]
        union = SQL(" UNION ALL ").join(SQL("SELECT * FROM (%s) AS page", part) for part in parts)
        query = SQL("SELECT * FROM (%s) AS due ORDER BY row_id LIMIT %s", union, limit)
        return list(starmap(DueRow, self._rows.env.execute_query(query)))

    def held(self, which: Domain = Domain.TRUE) -> int:
        """How many VIDs are held.

        :param which: on ID rows
        """
        vids = Domain("id_type", "in", self._rule.vid_types) & Domain("value", "!=", False)
        return self._rows.search_count(vids & which & self._of_companies("partner_id.company_id"))

    def concerned(self) -> int:
        """How many people have a VID or a token, or both."""
        types = (*self._rule.vid_types, self._rule.token_type)
        domain = Domain("id_type", "in", types) & self._of_companies("partner_id.company_id")
        query = self._rows._search(domain)
        person = SQL.identifier(self._rows._table, "partner_id")
        return self._one(query.select(SQL("count(DISTINCT %s)", person)))

    def _one(self, query):
        self._rows.env.flush_all()
        [(number,)] = self._rows.env.execute_query(query)
        return number

    # -- the statement ---------------------------------------------------------------------------

    def _page(self, id_type, row_id, limit, lock):
        query = self._query(id_type)
        row = SQL.identifier(self._rows._table, "id")
        query.add_where(SQL("%s > %s", row, row_id))
        query.order, query.limit = row, limit
        holder = SQL.identifier(self._rows._table, "partner_id")
        query.add_join("JOIN", "person", "res_partner", SQL("person.id = %s", holder))
        columns = [SQL.identifier(self._rows._table, name) for name in ("id_type", "value")]
        page = query.select(
            SQL("%s AS row_id", row),
            SQL("token.id AS token_id"),
            *columns,
            SQL("person.id AS partner_id"),
            SQL("person.company_id"),
            SQL("%s AS due_since", self._since()),
        )
        return SQL("%s %s", page, lock)

    def _query(self, id_type):
        """Everything that has to be so, and nothing that is only likely."""
        vids = Domain("id_type", "=", id_type) & Domain("value", "not in", [False, ""])
        query = self._rows._search(vids)
        holder = SQL.identifier(self._rows._table, "partner_id")
        query.add_join("JOIN", "token", "g2p_reg_id", self._valid_token(holder))
        query.add_join("JOIN", "ledger", self._ledger(holder), SQL("ledger.is_open IS NOT TRUE"))
        query.add_where(self._is_meant(holder))
        query.add_where(self._is_old_enough())
        if not self._retry_failed:
            query.add_where(self._has_not_failed())
        return query

    def _valid_token(self, holder):
        """A token that is the VID itself stands for nothing."""
        return SQL(
            """token.partner_id = %s AND token.id_type = %s AND btrim(token.value) != ''
           AND token.status IS DISTINCT FROM 'invalid' AND %s != %s""",
            holder,
            self._rule.token_type,
            ungrouped(SQL("token.value")),
            ungrouped(SQL.identifier(self._rows._table, "value")),
        )

    @staticmethod
    def _ledger(holder):
        """What the ledger of what was sent says of a person, who is looked up there once.

        ``is_open``: an answer may still come; ``arrived``: since when the token has been there as
        the answer to the person's own nonce. A token that somebody kept although another one came
        is no answer: it has an error.
        """
        return SQL(
            """LATERAL (
               SELECT bool_or(line.state IN ('queued', 'sent', 'conflict')
                              AND line.is_superseded IS NOT TRUE) AS is_open,
                      min(line.closed_at) FILTER (
                          WHERE line.state = 'answered' AND line.token_id = token.id
                            AND line.error_code IS NULL) AS arrived
                 FROM g2p_mts_request_line line WHERE line.partner_id = %s)""",
            holder,
        )

    def _is_meant(self, holder):
        domain = Domain(parse_list(self._rule.search_domain)) & self._of_companies("company_id")
        if domain.is_true():
            return SQL("TRUE")
        return SQL("%s IN %s", holder, self._people._search(domain).subselect())

    def _of_companies(self, name):
        if not self._rule.companies:
            return Domain.TRUE
        return Domain(name, "in", [False, *self._rule.companies])

    def _is_old_enough(self):
        """The token came in answer to the person's own nonce, or it was there, long enough ago."""
        if not self._rule.own_nonce and not self._rule.after_days:
            return SQL("TRUE")
        latest = self._now - timedelta(days=self._rule.after_days)
        return SQL("%s <= %s", self._arrived(), latest)

    def _arrived(self):
        return SQL("ledger.arrived") if self._rule.own_nonce else SQL("token.write_date")

    def _since(self):
        """Since when a VID is due: its token has been there for the days set, and it itself."""
        created = SQL.identifier(self._rows._table, "create_date")
        pause = timedelta(days=self._rule.after_days)
        return SQL("GREATEST(%s + %s, %s)", self._arrived(), pause, created)

    def _has_not_failed(self):
        """Nothing has failed lately, which is looked up once; or else not this one."""
        failed = SQL(
            """SELECT FROM g2p_mts_vid_deletion_line failure
                WHERE failure.outcome = 'failed' AND failure.noted_at > %s""",
            self._now - timedelta(hours=PAUSE_HOURS),
        )
        row = SQL.identifier(self._rows._table, "id")
        one = SQL("%s AND failure.row_id = %s", failed, row)
        return SQL("(NOT EXISTS (%s) OR NOT EXISTS (%s))", failed, one)
