"""Writes the lines of a batch with one statement each: the ORM would take several times as long.

Nothing hangs on a line that the ORM would have to do: no computed column but the connector's id,
no message, no constraint outside of the database.
"""

from collections.abc import Sequence

from odoo import fields, models
from odoo.tools import SQL

from ..meaning.nonce import new_nonce

LINE = "g2p.mts.request.line"


def add_people(request: models.BaseModel, ids: Sequence[int]) -> None:
    """Store a line for each person; earlier ones of theirs do not hold them back any more.

    :param request: with all rights
    :param ids: of the registrants, in the order of the lines
    """
    env = request.env
    env.flush_all()
    env.execute_query(
        SQL(
            """
            WITH earlier AS (
                UPDATE g2p_mts_request_line
                   SET is_superseded = TRUE, write_uid = %(user)s, write_date = %(now)s
                 WHERE connector_id = %(connector)s
                   AND partner_id = ANY(%(people)s)
                   AND is_superseded IS NOT TRUE
             RETURNING partner_id, attempt
            ), attempts AS (
                SELECT partner_id, max(attempt) AS attempt FROM earlier GROUP BY partner_id
            )
            INSERT INTO g2p_mts_request_line (
                request_id, connector_id, partner_id, company_id, nonce, state, attempt,
                create_uid, create_date, write_uid, write_date)
            SELECT %(request)s, %(connector)s, person.id, person.company_id, new.nonce, 'queued',
                   COALESCE(attempts.attempt, 0) + 1, %(user)s, %(now)s, %(user)s, %(now)s
              FROM unnest(%(people)s, %(nonces)s) WITH ORDINALITY AS new(partner_id, nonce, place)
              JOIN res_partner AS person ON person.id = new.partner_id
              LEFT JOIN attempts ON attempts.partner_id = person.id
             ORDER BY new.place""",
            request=request.id,
            connector=request.connector_id.id,
            people=list(ids),
            nonces=[new_nonce() for _id in ids],
            user=env.uid,
            now=env.cr.now(),
        )
    )
    env[LINE].invalidate_model(flush=False)
    request.invalidate_recordset(flush=False)


def note_tokens(lines: models.BaseModel, rows: models.BaseModel) -> None:
    """Note of lines that the token of each is on its person.

    :param lines: with all rights
    :param rows: the ID rows with the tokens, in the order of the lines
    """
    lines.env.flush_all()
    lines.env.execute_query(
        SQL(
            """
            UPDATE g2p_mts_request_line AS line
               SET state = 'answered', token_id = taken.token_id, closed_at = %(closed)s,
                   error_code = NULL, is_retryable = FALSE, retry_at = NULL, offered_token = NULL,
                   write_uid = %(user)s, write_date = %(now)s
              FROM unnest(%(lines)s, %(rows)s) AS taken(line_id, token_id)
             WHERE line.id = taken.line_id""",
            lines=lines.ids,
            rows=rows.ids,
            closed=fields.Datetime.now(),
            user=lines.env.uid,
            now=lines.env.cr.now(),
        )
    )
    lines.invalidate_model(flush=False)
    lines.request_id.invalidate_recordset(flush=False)
