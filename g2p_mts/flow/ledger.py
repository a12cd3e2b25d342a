"""Writes the lines of a batch with one statement each: the ORM would take several times as long.

Nothing hangs on a line that the ORM would have to do: no computed column, no message, no constraint
outside of the database. Foreign keys would take longer than the rows themselves: the statement
sees by itself to it that people and companies are there, and stay until it is committed.
"""

from collections.abc import Iterable, Sequence

from odoo import fields, models
from odoo.api import Environment
from odoo.tools import SQL

from odoo.addons.g2p_registry_base.arrays import as_array

from ..meaning import catalogue
from ..meaning.nonce import new_nonces

LINE = "g2p.mts.request.line"


def add_people(request: models.BaseModel, ids: Sequence[int]) -> None:
    """Store a line for each person; earlier ones of theirs do not hold them back any more.

    Who is to be deleted is not, until this is committed. By its lock, each person is looked up by
    index as well, and not among all there are.

    :param request: with all rights
    :param ids: of the registrants, in the order of the lines
    """
    env = request.env
    env.flush_all()
    env.execute_query(
        SQL(
            """
            WITH earlier AS (%(earlier)s),
            attempts AS (
                SELECT partner_id, max(attempt) AS attempt FROM earlier GROUP BY partner_id
            ),
            added AS (
                INSERT INTO g2p_mts_request_line (request_id, partner_id, company_id, nonce,
                                                  state, attempt, create_date, write_date)
                SELECT %(request)s, person.id, person.company_id, new.nonce,
                       'queued', COALESCE(attempts.attempt, 0) + 1, %(now)s, %(now)s
                  FROM unnest(%(people)s::integer[], %(nonces)s::varchar[])
                       WITH ORDINALITY AS new(partner_id, nonce, place)
                 CROSS JOIN LATERAL (SELECT id, company_id FROM res_partner
                                      WHERE id = new.partner_id FOR KEY SHARE) AS person
                  LEFT JOIN attempts ON attempts.partner_id = person.id
                 ORDER BY new.place
             RETURNING company_id
            )
            INSERT INTO g2p_mts_request_res_company_rel (g2p_mts_request_id, res_company_id)
            SELECT DISTINCT %(request)s, company_id FROM added WHERE company_id IS NOT NULL
                ON CONFLICT DO NOTHING""",
            earlier=_superseded(request, ids),
            request=request.id,
            people=as_array(ids),
            nonces=as_array(new_nonces(len(ids))),
            now=env.cr.now(),
        )
    )
    env[LINE].invalidate_model(flush=False)
    request.invalidate_recordset(flush=False)


def _superseded(request: models.BaseModel, ids: Sequence[int]) -> SQL:
    """The statement that marks earlier lines of these people, as far as the connector is the same.

    They are looked up person by person, by index: there are none, or few.
    """
    return SQL(
        """UPDATE g2p_mts_request_line
              SET is_superseded = TRUE, write_date = %(now)s
            WHERE id = ANY(ARRAY(
                  SELECT line.id
                    FROM unnest(%(people)s::integer[]) AS person(id)
                   CROSS JOIN LATERAL (
                         SELECT id FROM g2p_mts_request_line
                          WHERE partner_id = person.id
                            AND is_superseded IS NOT TRUE
                            AND (SELECT connector_id FROM g2p_mts_request
                                  WHERE id = request_id) = %(connector)s
                         OFFSET 0) AS line))
        RETURNING partner_id, attempt""",
        people=as_array(ids),
        connector=request.connector_id.id,
        now=request.env.cr.now(),
    )


def forget_people(env: Environment, ids: Iterable[int]) -> None:
    """Let no line name these people any more, who were deleted.

    :param env: of whoever was allowed to delete them
    """
    env.flush_all()
    env.cr.execute(
        "UPDATE g2p_mts_request_line SET partner_id = NULL WHERE partner_id = ANY(%s::integer[])",
        [as_array(ids)],
    )
    env[LINE].invalidate_model(["partner_id"], flush=False)


def note_tokens(env: Environment, lines: Sequence[int], rows: models.BaseModel) -> None:
    """Note of lines that the token of each is on its person.

    :param env: with all rights
    :param lines: ids of the lines
    :param rows: the ID rows with the tokens, in the order of the lines
    """
    env.flush_all()
    env.execute_query(
        SQL(
            """
            UPDATE g2p_mts_request_line AS line
               SET state = 'answered', token_id = taken.token_id, closed_at = %(closed)s,
                   error_code = NULL, is_retryable = FALSE, retry_at = NULL, offered_token = NULL,
                   write_date = %(now)s
              FROM unnest(%(lines)s::integer[], %(rows)s::integer[]) AS taken(line_id, token_id)
             WHERE line.id = taken.line_id
               -- Says nothing new, but that the lines are to be looked up by their ids.
               AND line.id = ANY(%(lines)s::integer[])""",
            lines=as_array(lines),
            rows=as_array(rows.ids),
            closed=fields.Datetime.now(),
            now=env.cr.now(),
        )
    )
    env[LINE].invalidate_model(flush=False)
    env["g2p.mts.request"].invalidate_model(flush=False)


def note_other_vid(env: Environment, people: Iterable[int], *, is_answered: bool) -> None:
    """Note that what was sent of these people is not the VID they have from now on.

    The answer that comes may be another person's token. Who has not been sent yet will be sent with
    the new VID; but the line is written, so that of this transaction and one that sends it just
    now, or takes in the answer, one has to begin anew and sees what the other one did.

    :param people: ids
    :param is_answered: a token that has come proves nothing any more, either
    """
    env.flush_all()
    env.cr.execute(
        SQL(
            """UPDATE g2p_mts_request_line
                  SET is_other_vid = state != 'queued' OR sent_at IS NOT NULL,
                      error_code = CASE WHEN state = 'answered' THEN COALESCE(error_code, %(code)s)
                                        ELSE error_code END,
                      write_date = %(now)s
                WHERE partner_id = ANY(%(people)s::integer[])
                  AND (state != 'answered' OR %(is_answered)s)""",
            code=catalogue.VID_CHANGED,
            now=env.cr.now(),
            people=as_array(people),
            is_answered=is_answered,
        )
    )
    env[LINE].invalidate_model(flush=False)
