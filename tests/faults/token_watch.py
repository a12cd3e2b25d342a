"""Looks on while a connector works, as an operator does who presses a button now and then."""

import time
from dataclasses import dataclass, field

from devkit.failure import Failure
from tests.faults.token_stage import LINE, TokenStage

PULSE, BETWEEN_PRESSES, PATIENCE = 0.05, 0.4, 60
_TROUBLES = """
    SELECT trouble FROM mts_connector WHERE id = %s
    UNION SELECT trouble FROM g2p_mts_request WHERE id > %s
"""
_STATE = """
    SELECT job_status, paused_until IS NOT NULL, EXISTS (
        SELECT FROM g2p_mts_request WHERE state IN ('queued', 'sent'))
      FROM mts_connector WHERE id = %s
"""


@dataclass
class Watch:
    """One round, from the moment "Start" was pressed.

    :param after: id of the last request before it
    :param hours: once there is trouble, so much time passes for the requests that wait
    """

    on: TokenStage
    after: int
    hours: int = 0
    told: set[str] = field(default_factory=set)
    _press_at: float = 0

    def follow(self) -> None:
        """Wait until nothing happens by itself for minutes. Raises Failure."""
        until = time.monotonic() + PATIENCE
        while not self._has_ended():
            if time.monotonic() > until:
                raise Failure("The round stands still.", str(self.on.odoo.jobs.log), str(self.told))
            self._listen()
            if time.monotonic() > self._press_at:
                self._press_at = time.monotonic() + BETWEEN_PRESSES
                self._press()
            time.sleep(PULSE)
        self._listen()
        self.told |= {line["reason"] for line in self.lines() if line["reason"]}

    def requests(self) -> tuple[str, ...]:
        """How the requests of the round ended, in their order."""
        query = "SELECT state FROM g2p_mts_request WHERE id > %s ORDER BY id"
        return tuple(state for (state,) in self.on.sql(query, self.after))

    def lines(self) -> list[dict]:
        """What is said now of each person of the round."""
        query = "SELECT id FROM g2p_mts_request_line WHERE request_id > %s"
        current = f"{query} AND is_superseded IS NOT TRUE"
        ids = [line for (line,) in self.on.sql(current, self.after)]
        return self.on.client.call(LINE, "read", ids, ["state", "reason"])

    def _has_ended(self) -> bool:
        [(status, is_paused, has_open)] = self.on.sql(_STATE, self.on.connector)
        return not has_open and (status not in ("started", "running") or is_paused)

    def _listen(self) -> None:
        found = self.on.sql(_TROUBLES, self.on.connector, self.after)
        self.told |= {trouble for (trouble,) in found if trouble}

    def _press(self) -> None:
        if self.told:
            self.on.send_now()
            self.on.let_pass(self.hours)
            self.hours = 0
        self.on.ask_now()


def last_request(on: TokenStage) -> int:
    """The id of the last request there is."""
    [(last,)] = on.sql("SELECT COALESCE(max(id), 0) FROM g2p_mts_request")
    return last
