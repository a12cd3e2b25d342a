"""How many VIDs are held, for how long, how many went each day, and whether the promise is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from odoo import fields
from odoo.fields import Domain
from odoo.tools import SQL

from .due import Due
from .parameters import read_number
from .vid_rule import VidRule

#: The promise: such a share of VIDs is gone so soon after they could go.
PROMISED_PERCENT = "g2p_mts.vid_promise_percent"
PROMISED_HOURS = "g2p_mts.vid_promise_hours"
PERCENT, HOURS = 95, 24
#: Days the promise looks back.
DAYS = 30
#: Ends of the ages that are told apart, in days.
AGES = (1, 7, 30, 90)


@dataclass(frozen=True)
class Promise:
    """How the promise stands.

    :param kept: VIDs of the last days that went in time
    :param broken: those that went late, or are late and still here
    :param percent: the share that was promised
    :param hours: and within how many hours after a VID was due
    """

    kept: int
    broken: int
    percent: int
    hours: int

    @property
    def share(self) -> float | None:
        """Per cent that went in time; None as long as none was due."""
        total = self.kept + self.broken
        return 100 * self.kept / total if total else None

    @property
    def is_broken(self) -> bool:
        return self.share is not None and self.share < self.percent

    def in_words(self, env) -> str:
        """What is promised, and how it stands."""
        promised = env._(
            "%(percent)s %% of VIDs are gone within %(hours)s hours after they were due.",
            percent=self.percent,
            hours=self.hours,
        )
        if self.share is None:
            return promised
        stands = env._(
            "In the last %(days)s days %(share)s %% went in time, %(broken)s VIDs did not.",
            days=DAYS,
            share=f"{self.share:.1f}",
            broken=self.broken,
        )
        return f"{promised} {stands}"


class VidFigures:
    """Reads the figures: a fixed number of statements, however many VIDs there are.

    :param rule: in force, for the companies to be looked at
    """

    def __init__(self, env, rule: VidRule):
        self._env, self._rule = env, rule
        self._due = Due(env, rule)
        self._now = fields.Datetime.now()

    def held_by_age(self) -> list[tuple[int | None, int]]:
        """VIDs held, by age: (upper end in days, or None for older ones; number)."""
        ends = [self._days_ago(days) for days in AGES]
        since = [*ends, datetime.min]
        until = [None, *ends]
        numbers = [self._due.held(self._between(*pair)) for pair in zip(since, until, strict=True)]
        return list(zip([*AGES, None], numbers, strict=True))

    def _between(self, since, until):
        newer = Domain("create_date", ">", since) if since != datetime.min else Domain.TRUE
        return newer & (Domain("create_date", "<=", until) if until else Domain.TRUE)

    def due(self) -> int:
        """How many VIDs are due now."""
        return self._due.count()

    def oldest(self) -> datetime | None:
        """Since when the VID has been due that has waited longest; naive UTC."""
        return self._due.oldest()

    def deleted_by_day(self) -> dict[datetime, int]:
        """Day → how many VIDs went, for days on which any did; as the user may see them."""
        lines = self._env["g2p.mts.vid.deletion.line"]
        domain = [("outcome", "=", "deleted"), ("noted_at", ">", self._days_ago(DAYS))]
        groups = lines._read_group(domain, ["noted_at:day"], ["__count"], order="noted_at:day DESC")
        return dict(groups)

    def promise(self) -> Promise:
        """How the promise stands."""
        percent = read_number(self._env, PROMISED_PERCENT, PERCENT)
        hours = read_number(self._env, PROMISED_HOURS, HOURS)
        kept, late = self._gone(hours)
        still_here = self._due.count(due_before=self._now - timedelta(hours=hours))
        return Promise(kept, late + still_here, percent, hours)

    def _gone(self, hours):
        """How many of those that went lately went in time, and how many late."""
        in_time = SQL("noted_at <= due_since + %s", timedelta(hours=hours))
        # sudo: numbers alone are taken, and of the companies that are asked about.
        lines = self._env["g2p.mts.vid.deletion.line"].sudo()
        domain = [("outcome", "=", "deleted"), ("noted_at", ">", self._days_ago(DAYS))]
        if self._rule.companies:
            domain.append(("company", "in", [False, *self._rule.companies]))
        query = lines._search(domain)
        columns = (SQL("count(*) FILTER (WHERE %s)", in_time), SQL("count(*)"))
        [(kept, total)] = self._env.execute_query(query.select(*columns))
        return kept, total - kept

    def _days_ago(self, days):
        return self._now - timedelta(days=days)
