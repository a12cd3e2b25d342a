"""Who was asked for: what an intake of answers has to know, with one statement each.

In SQL, as thousands of answers come at once, and the ORM would put whole records in memory.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from odoo.tools import SQL

from .sql_values import as_array, uncounted


class Asked(NamedTuple):
    """A line of the ledger. `person` is None once the person was deleted."""

    id: int
    nonce: str
    person: int | None
    request: int
    state: str


def lines(connector, nonces: Iterable[str]) -> list[Asked]:
    """The lines of these nonces, locked: two callbacks for one person wait for each other.

    :param connector: who sent them; lines of others are left out
    """
    connector.env.flush_all()
    query = SQL(
        """SELECT line.id, line.nonce, line.partner_id, line.request_id, line.state
             FROM g2p_mts_request_line AS line
            WHERE line.nonce = ANY(%(nonces)s::varchar[])
              AND (SELECT connector_id FROM g2p_mts_request
                    WHERE id = line.request_id) = %(connector)s
            ORDER BY line.id
              FOR UPDATE""",
        nonces=as_array(nonces),
        connector=connector.id,
    )
    return [Asked(*row) for row in connector.env.execute_query(query)]


def tokens(
    connector, pairs: Sequence[tuple[int | None, str]]
) -> tuple[dict[int, int], dict[str, int]]:
    """Which of these people have a token, and who has any of these tokens.

    :param pairs: ids of people, and the token that came for each
    :returns: id of the person → id of the ID row; and token → id of the person
    """
    connector.env.flush_all()
    query = SQL(
        """SELECT held.id, held.partner_id, held.value
             FROM unnest(%(people)s::integer[], %(tokens)s::varchar[]) AS answer(person, token)
            CROSS JOIN LATERAL (
                  SELECT id, partner_id, value FROM g2p_reg_id
                   WHERE partner_id = answer.person AND id_type = %(type)s
                   UNION ALL
                  SELECT id, partner_id, value FROM g2p_reg_id
                   WHERE value = answer.token AND id_type = %(type)s) AS held""",
        people=as_array(person for person, _token in pairs),
        tokens=as_array(token for _person, token in pairs),
        type=uncounted(connector._id_type("g2p_mts.uin_token_id_type").id),
    )
    found = connector.env.execute_query(query)
    return {person: row for row, person, _v in found}, {
        value: person for _r, person, value in found
    }
