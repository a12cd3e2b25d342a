"""People with a VID and a token in great numbers, written by SQL: their VIDs are all due."""

from collections.abc import Callable
from dataclasses import dataclass

#: Runs a statement with these values; its rows.
Execute = Callable[..., list[tuple]]

_REQUEST = "INSERT INTO g2p_mts_request (connector_id, state) VALUES (%s, 'done') RETURNING id"
# The factor has no divisor in common with the power of ten: no two people get the same VID.
_PEOPLE = """
    WITH person AS (
        INSERT INTO res_partner (name, complete_name, type, active, is_registrant, company_id)
        SELECT 'PERSON ' || n, 'PERSON ' || n, 'contact', TRUE, TRUE, company.id
          FROM generate_series(1, %s) AS n, (SELECT min(id) AS id FROM res_company) AS company
     RETURNING id, company_id
    ), vid AS (
        INSERT INTO g2p_reg_id (partner_id, id_type, value, create_date, write_date)
        SELECT id, %s, '5' || lpad((id * 982451653::bigint %% 1000000000000000)::text, 15, '0'),
               at, at
          FROM person, (SELECT now() AT TIME ZONE 'utc' - interval '2 hours' AS at) AS before
     RETURNING id
    ), token AS (
        INSERT INTO g2p_reg_id (partner_id, id_type, value, status, create_date, write_date)
        SELECT id, %s, 'token-' || id, 'valid', at, at
          FROM person, (SELECT now() AT TIME ZONE 'utc' - interval '1 hour' AS at) AS before
     RETURNING id, partner_id, create_date
    )
    INSERT INTO g2p_mts_request_line (request_id, partner_id, company_id, nonce,
                                      state, attempt, token_id, sent_at, closed_at)
    SELECT %s, person.id, person.company_id, gen_random_uuid(),
           'answered', 1, token.id, token.create_date, token.create_date
      FROM person JOIN token ON token.partner_id = person.id
"""


@dataclass(frozen=True)
class Kinds:
    """Ids of what people are made with: two ID types, and a connector that has sent them."""

    vid: int
    token: int
    connector: int


def plant(execute: Execute, kinds: Kinds, number: int) -> None:
    """So many more people whose token came in answer to their own nonce, an hour ago."""
    [(request,)] = execute(_REQUEST, kinds.connector)
    execute(_PEOPLE, number, kinds.vid, kinds.token, request)


def vids(execute: Execute, kinds: Kinds) -> dict[int, str]:
    """Id of the ID row → VID, of all that are left."""
    query = "SELECT id, value FROM g2p_reg_id WHERE id_type = %s ORDER BY id"
    return dict(execute(query, kinds.vid))
