"""Odoo with real job workers, a sample MTS, people with VIDs, and a connector between the two."""

import itertools
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from psycopg2 import sql
from psycopg2.extensions import connection as Session

from devkit import config, databases, demo_tokens, rpc, server, templates
from devkit.failure import Failure
from devkit.postgres import Server
from tests.servers.token_seeder import launcher
from tests.servers.token_seeder.tokens import token_of

CONNECTOR, REQUEST, LINE = demo_tokens.CONNECTOR, "g2p.mts.request", demo_tokens.LINE
PARTNER = "res.partner"
PEOPLE_AT_A_TIME = 500
PATIENCE = 120.0
PULSE = 0.2
#: Seconds until answers are missed that an MTS should have brought: nobody waits a minute here.
OVERDUE = ("g2p_mts.overdue_seconds", "8")

#: Each person with VID, token and the lines about them.
_PEOPLE = """
    SELECT vid.value AS vid, token.value AS token,
           array_agg(line.state ORDER BY line.id) AS states,
           bool_or(line.is_retryable) FILTER (WHERE line.is_superseded IS NOT TRUE) AS again,
           array_agg(line.sent_at ORDER BY line.id) AS sent,
           min(line.closed_at) FILTER (WHERE line.state = 'answered') AS answered
      FROM g2p_reg_id vid
      JOIN g2p_id_type vid_type ON vid_type.id = vid.id_type AND vid_type.name = %s
      LEFT JOIN g2p_id_type token_type ON token_type.name = %s
      LEFT JOIN g2p_reg_id token
             ON token.partner_id = vid.partner_id AND token.id_type = token_type.id
      LEFT JOIN g2p_mts_request_line line ON line.partner_id = vid.partner_id
     GROUP BY vid.value, token.value"""


@dataclass(frozen=True)
class Person:
    """What became of somebody with a VID."""

    vid: str
    token: str | None
    states: list[str]
    again: bool | None
    sent: list[Any]
    answered: Any


@dataclass
class TokenStage:
    """What runs. `session` looks into Odoo's database from outside and commits by itself."""

    odoo: server.Odoo
    seeder: launcher.Seeder
    client: rpc.Client
    session: Session
    connector: int

    def add_people(self, number: int, prefix: str = "5", **values: Any) -> list[int]:
        """Registrants with a VID each, complete enough for any MTS; their ids.

        :param prefix: of their VIDs
        :param values: of each registrant, other than usual
        """
        id_type = self.client.find_or_create("g2p.id.type", {"name": demo_tokens.VID})
        vids = (f"{prefix}{place:09}" for place in range(number))
        ids: list[int] = []
        while chunk := list(itertools.islice(vids, PEOPLE_AT_A_TIME)):
            people = [self._person(vid, id_type) | values for vid in chunk]
            ids += self.client.call(PARTNER, "create", people)
        return ids

    def _person(self, vid: str, id_type: int) -> dict[str, Any]:
        return {
            "name": f"PERSON {vid}",
            "given_name": "Person",
            "family_name": vid,
            "gender": "Female",
            "birthdate": "1984-07-19",
            "address": "Plot 9",
            "is_registrant": True,
            "reg_ids": [[0, 0, {"id_type": id_type, "value": vid}]],
        }

    def write(self, **values: Any) -> None:
        """Change the connector, and have it approved again."""
        self.client.call(CONNECTOR, "write", [self.connector], values)
        self.client.call(CONNECTOR, "action_approve", [self.connector])

    def press(self) -> None:
        """Press "Start" or "Stop"."""
        self.client.call(CONNECTOR, "mts_action_trigger", [self.connector])

    def status(self) -> str:
        return self.client.read(CONNECTOR, self.connector, ["job_status"])["job_status"]

    def requests(self, *states: str) -> list[dict[str, Any]]:
        """The requests in these states, or all."""
        domain = [["connector_id", "=", self.connector]]
        domain += [["state", "in", list(states)]] if states else []
        return self.client.call(REQUEST, "search_read", domain, ["state", "trouble", "sent_at"])

    def ask_now(self) -> None:
        """Press "Ask Now" on every request that waits for answers."""
        self._press("action_look_now", "sent")

    def send_now(self) -> None:
        """Press "Send Now" on every request that waits to be sent."""
        self._press("action_send_now", "queued")

    def _press(self, button: str, state: str) -> None:
        if waiting := [request["id"] for request in self.requests(state)]:
            self.client.call(REQUEST, button, waiting)

    def let_pass(self, hours: int) -> None:
        """Let the requests that wait for answers have been sent earlier."""
        query = "UPDATE g2p_mts_request SET sent_at = sent_at - %s * interval '1 hour'"
        self.sql(f"{query} WHERE state = 'sent'", hours)

    def sql(self, query: str | sql.Composable, *values: Any) -> list[tuple]:
        """Run one statement on Odoo's database; its rows, if it has any."""
        with self.session.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall() if cursor.description else []

    def people(self) -> list[Person]:
        """Everybody with a VID."""
        return [Person(*row) for row in self.sql(_PEOPLE, demo_tokens.VID, demo_tokens.TOKEN)]

    def answered(self) -> int:
        """How many lines have their answer."""
        [(number,)] = self.sql("SELECT count(*) FROM g2p_mts_request_line WHERE state = 'answered'")
        return number

    def wait_until(
        self, come, seconds: float = PATIENCE, asking: bool = True, ask_every: float = 1
    ) -> None:
        """Wait, pressing "Ask Now" as an impatient operator does. Raises Failure."""
        until, ask = time.monotonic() + seconds, time.monotonic() + ask_every
        while not come():
            if time.monotonic() > until:
                raise Failure("The tokens stand still.", self._words_where())
            if asking and time.monotonic() > ask:
                self.ask_now()
                ask = time.monotonic() + ask_every
            time.sleep(PULSE)

    def _words_where(self) -> str:
        """What a reader wants to know of work that stands still."""
        return f"{self._counts('g2p_mts_request')} {self._counts('queue_job')} {self.odoo.jobs.log}"

    def _counts(self, table: str) -> dict[str, int]:
        query = sql.SQL("SELECT state, count(*) FROM {} GROUP BY state")
        return dict(self.sql(query.format(sql.Identifier(table))))

    def right_token(self, person: Person) -> str:
        """The token this MTS gives for the VID of a person."""
        return token_of(person.vid, "p1")


@contextmanager
def token_stage(postgres: Server, database: str, **options: Any) -> Iterator[TokenStage]:
    """A new database, an MTS, Odoo, and a connector that was approved; all put away afterwards.

    `options` are those of the sample MTS. Raises Failure.
    """
    templates.create(postgres, database)
    try:
        with (
            launcher.running(**options) as seeder,
            server.running(postgres, database, jobs=config.JOBS) as odoo,
            closing(postgres.connect(database)) as session,
        ):
            client = rpc.Client(odoo)
            demo_tokens.prepare(client)
            connector = demo_tokens.connect(client, seeder)
            client.call(CONNECTOR, "action_approve", [connector])
            client.call("ir.config_parameter", "set_param", *OVERDUE)
            yield TokenStage(odoo, seeder, client, session, connector)
    finally:
        databases.drop(postgres, database)
