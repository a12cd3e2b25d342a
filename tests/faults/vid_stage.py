"""Two servers on one database, both with scheduled actions, and people whose VIDs are due."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from psycopg2.extensions import connection as Session

from devkit import config, databases, rpc, server, templates
from devkit.failure import Failure
from devkit.postgres import Server
from tests.faults import vid_people
from tests.faults.vid_people import Kinds

ADDON = "g2p_mts"
CRON, RECEIPT, RULE = "ir.cron", "g2p.mts.vid.deletion", "g2p.mts.vid.rule"
#: Everybody works on scheduled actions, nobody on jobs.
ROLE = config.Role(workers=0, max_cron_threads=1, channels=config.NO_CHANNELS)
PATIENCE, PULSE = 60, 0.1
_LINES = "SELECT row_id FROM g2p_mts_vid_deletion_line WHERE outcome = %s AND deletion_id > %s"


@dataclass
class VidStage:
    """What runs. `session` looks into the database from outside and commits by itself.

    :param schedules: the scheduled action that follows the rule, and a second one like it: Odoo
        itself has one and the same carried out by one server at a time
    """

    postgres: Server
    database: str
    nodes: list[server.Node]
    session: Session
    kinds: Kinds
    schedules: list[int]
    _last_receipt: int = 0

    @property
    def client(self) -> rpc.Client:
        """An officer at a server that is alive."""
        alive = next(node for node in self.nodes if node.is_alive())
        return rpc.Client(server.Odoo(self.database, alive, alive))

    def revive(self) -> None:
        """Start the servers again that have been killed."""
        for node in self.nodes:
            if not node.is_alive():
                node.restart()

    def sql(self, query: str, *values: Any) -> list[tuple]:
        """Run one statement on the database; its rows, if it has any."""
        with self.session.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall() if cursor.description else []

    def plant(self, number: int) -> dict[int, str]:
        """So many people whose VIDs are due, and nobody else; id of the row → VID."""
        self.sql("DELETE FROM g2p_reg_id WHERE id_type = %s", self.kinds.vid)
        [(self._last_receipt,)] = self.sql("SELECT COALESCE(max(id), 0) FROM g2p_mts_vid_deletion")
        vid_people.plant(self.sql, self.kinds, number)
        return self.vids()

    def vids(self) -> dict[int, str]:
        """Id of the row → VID, of all that are left."""
        return vid_people.vids(self.sql, self.kinds)

    def lines(self, outcome: str = "deleted") -> list[int]:
        """Ids of the ID rows that receipts name, as often as they do, since people were planted."""
        return [row for (row,) in self.sql(_LINES, outcome, self._last_receipt)]

    def set_due(self, *crons: int) -> None:
        """Let the time of these scheduled actions have come."""
        at = "now() AT TIME ZONE 'utc'"
        query = f"UPDATE ir_cron SET active = TRUE, nextcall = {at} WHERE id = ANY(%s)"  # noqa: S608
        self.sql(query, list(crons))

    def wait_until(self, come: Callable[[], bool]) -> None:
        """Wait; servers look for what is due meanwhile. Raises Failure."""
        until = time.monotonic() + PATIENCE
        while not come():
            if time.monotonic() > until:
                logs = ", ".join(str(node.log) for node in self.nodes)
                raise Failure("The clean-up stands still.", f"Look into {logs}.")
            self.postgres.execute("SELECT pg_notify('cron_trigger', %s)", (self.database,))
            time.sleep(PULSE)

    def is_idle(self) -> bool:
        """Whether no scheduled action is due or at work."""
        busy = """SELECT FROM ir_cron WHERE active AND (nextcall <= now() AT TIME ZONE 'utc'
                     OR id IN (SELECT cron_id FROM ir_cron_trigger))"""
        return not self.sql(f"SELECT 1 WHERE EXISTS ({busy})")

    def receipts(self) -> list[dict[str, Any]]:
        """The receipts since people were planted, the oldest first."""
        names = ["state", "deleted_count", "ending"]
        domain = [["id", ">", self._last_receipt]]
        return self.client.call(RECEIPT, "search_read", domain, names, order="id")

    def verdict(self, receipt: int) -> str:
        """What the button "Verify" says of a receipt: `success` or `danger`."""
        return self.client.call(RECEIPT, "action_verify", [receipt])["params"]["type"]

    def run_now(self) -> int:
        """Press "Run Now"; id of the receipt."""
        client = self.client
        return client.call(RULE, "action_run", [client.call(RULE, "create", {})])["res_id"]

    def write_about(self, vids: Iterable[str]) -> int:
        """A message that quotes these VIDs; its id."""
        query = """INSERT INTO mail_message (message_type, model, res_id, body, date)
                   SELECT 'comment', 'res.partner', min(id), %s, now() FROM res_partner
                RETURNING id"""
        [(message,)] = self.sql(query, f"<p>About {' and '.join(vids)}.</p>")
        return message

    def body(self, message: int) -> str:
        """The text of a message."""
        [(body,)] = self.sql("SELECT body FROM mail_message WHERE id = %s", message)
        return body


@contextmanager
def vid_stage(postgres: Server, database: str) -> Iterator[VidStage]:
    """A new database and two servers; all put away afterwards. Raises Failure."""
    templates.create(postgres, database)
    try:
        with (
            server.running_nodes(postgres, database, {"one": ROLE, "two": ROLE}) as nodes,
            closing(postgres.connect(database)) as session,
        ):
            prepared = _prepared(rpc.Client(server.Odoo(database, *nodes)))
            yield VidStage(postgres, database, nodes, session, *prepared)
    finally:
        databases.drop(postgres, database)


def _prepared(client: rpc.Client) -> tuple[Kinds, list[int]]:
    """A rule whose brake does not hold, an officer, and nothing else that runs by itself."""
    names = {"vid": "MOSIP VID", "token": "MOSIP UIN TOKEN"}
    types = {kind: client.find_or_create("g2p.id.type", {"name": n}) for kind, n in names.items()}
    connector = {"name": "Tokens", "mts_url": "https://mts.example.test/"}
    kinds = Kinds(**types, connector=client.find_or_create("mts.connector", connector))
    rule = {"vid_id_type": kinds.vid, "uin_token_id_type": kinds.token}
    for limit, value in {"rows": 1_000_000, "percent": 100}.items():
        rule |= dict.fromkeys(
            (f"vid_delete_brake_{limit}", f"vid_delete_brake_{limit}_confirmed"), value
        )
    # So that not too many people are needed for two of them.
    rule["vid_delete_batch"] = 1000
    for name, value in rule.items():
        client.call("ir.config_parameter", "set_param", f"{ADDON}.{name}", str(value))
    officers = client.ref(f"{ADDON}.group_mts_officer")
    me = client.call("res.users", "search", [["login", "=", client.odoo.login]])
    client.call("res.users", "write", me, {"group_ids": [[4, officers]]})
    return kinds, _schedules(client)


def _schedules(client: rpc.Client) -> list[int]:
    ours = client.ref(f"{ADDON}.to_delete_g2p_reg_id_vid")
    worker = client.ref(f"{ADDON}.cron_vid_clean_up")
    others = client.call(CRON, "search", [["id", "!=", worker]])
    client.call(CRON, "write", others, {"active": False})
    [twin] = client.call(CRON, "copy", [ours])
    return [ours, twin]
