"""The rows of one number of people, in the order in which they are measured."""

import itertools
from collections.abc import Iterator

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import SQL

from odoo.addons.g2p_mts.flow.intake import Intake
from odoo.addons.g2p_mts.flow.records import Records
from odoo.addons.g2p_mts.meaning.answers import PersonAnswer

from . import ANSWERS, BATCH, people
from .ruler import Ruler


class Scene:
    """So many people, and a connector that sends them."""

    def __init__(self, database: str, number: int):
        self._registry = Registry(database)
        with self._registry.cursor() as cursor:
            env = api.Environment(cursor, SUPERUSER_ID, {})
            user = env.ref("base.user_admin").id
            self._connector = people.set_up(env(user=user, su=False)).id
            env.flush_all()
            people.grow(env, number)
        self._ruler = Ruler(self._registry, user)
        self._after = 0

    def rows(self, *, with_answers: bool) -> dict[str, dict[str, float]]:
        """Name → what it took."""
        self._settle()
        found = {
            "read": self._ruler.measure(self._read, itertools.count()),
            "send": self._ruler.measure(self._send, itertools.count()),
        }
        if with_answers:
            self._settle()
            found["create"] = self._ruler.measure(self._create, self._people_without_vid())
            found["intake"] = self._ruler.measure(self._take_in, self._answers())
        return found

    def _of(self, env):
        return env["mts.connector"].browse(self._connector)

    # -- what is measured ------------------------------------------------------------------------

    def _read(self, env, _batch) -> int:
        """Plain `search_read`: the fields that are sent of a batch, and their VIDs."""
        connector = self._of(env)
        domain = [*connector._people_domain(), ("id", ">", self._after)]
        names = connector._parse_list_field("g2p_selected_fields")
        found = env["res.partner"].search_read(domain, names, limit=BATCH, order="id")
        if found:
            ids = [person["id"] for person in found]
            self._after = ids[-1]
            of_these = [("partner_id", "in", ids), ("id_type.name", "=", people.VID)]
            env["g2p.reg.id"].search_read(of_these, ["partner_id", "value"], load=None)
        return len(found)

    def _send(self, env, _batch) -> int:
        """Choose the next people, store request and lines, and build what would be sent."""
        connector = self._of(env)
        request = connector._queue_batch()
        if not request:
            return 0
        # The job that sends reads everything anew.
        env.flush_all()
        env.invalidate_all()
        return len(Records(request).build())

    def _create(self, env, ids: list[int]) -> int:
        """The ORM's own batched create of ID rows, with values ready-made."""
        connector = self._of(env)
        connector._create_tokens([(p, f"floor-{p.id}") for p in env["res.partner"].browse(ids)])
        return len(ids)

    def _take_in(self, env, nonces: list[str]) -> int:
        answers = [PersonAnswer(nonce, token=f"token-{nonce}") for nonce in nonces]
        Intake(self._of(env), answers).run()
        return len(nonces)

    # -- what they are given ---------------------------------------------------------------------

    def _people_without_vid(self) -> Iterator[list[int]]:
        """People of another kind, so that nobody has a token yet who is answered."""
        query = """INSERT INTO res_partner (name, complete_name, active, type, company_id)
                   SELECT 'OTHER ' || n, 'OTHER ' || n, TRUE, 'contact', company_id
                     FROM res_partner, generate_series(1, %s) n WHERE name = 'PERSON 0'
                RETURNING id"""
        return self._batches(SQL(query, ANSWERS))

    def _answers(self) -> Iterator[list[str]]:
        """The nonces of the first people sent, as if an MTS had taken them."""
        sent = SQL("UPDATE g2p_mts_request_line SET state = 'sent' WHERE state = 'queued'")
        requests = SQL("UPDATE g2p_mts_request SET state = 'sent', sent_at = now()")
        nonces = SQL("SELECT nonce FROM g2p_mts_request_line ORDER BY id LIMIT %s", ANSWERS)
        return self._batches(sent, requests, nonces)

    def _batches(self, *statements: SQL) -> Iterator[list]:
        """The first column of what the last statement finds, cut into batches."""
        with self._registry.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            values = [value for (value,) in cursor.fetchall()]
        return (values[n : n + BATCH] for n in range(0, len(values), BATCH))

    def _settle(self) -> None:
        """Let no row pay for what was prepared."""
        with self._registry.cursor() as cursor:
            cursor.execute("ANALYZE")
