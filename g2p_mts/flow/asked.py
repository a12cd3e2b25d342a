"""Who was asked for: what an intake of answers has to know, with one statement each.

In SQL, as thousands of answers come at once, and the ORM would put whole records in memory.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from odoo.tools import SQL

from odoo.addons.g2p_registry_base.arrays import as_array

from .sql_values import uncounted, ungrouped
from .vid_rule import read_rule


class Asked(NamedTuple):
    """A line of the ledger. `person` is None once the person was deleted."""

    id: int
    nonce: str
    person: int | None
    request: int
    state: str
    is_other_vid: bool


def lines(connector, nonces: Iterable[str]) -> list[Asked]:
    """The lines of these nonces, locked: two callbacks for one person wait for each other.

    :param connector: who sent them; lines of others are left out
    """
    connector.env.flush_all()
    query = SQL(
        """SELECT line.id, line.nonce, line.partner_id, line.request_id, line.state,
                  line.is_other_vid
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
) -> tuple[dict[int, int], dict[str, int], set[tuple[int, str]]]:
    """Which of these people have a token, who has any of these tokens, and which are no tokens.

    :param pairs: ids of people, and the token that came for each
    :returns: id of the person → id of the ID row; token → id of the person; and those of the pairs
        where what came is a VID of that very person
    """
    connector.env.flush_all()
    query = SQL(
        """SELECT held.id, held.partner_id, held.value, answer.token, held.is_vid
             FROM unnest(%(people)s::integer[], %(tokens)s::varchar[]) AS answer(person, token)
            CROSS JOIN LATERAL (
                  SELECT id, partner_id, value, FALSE AS is_vid FROM g2p_reg_id
                   WHERE partner_id = answer.person AND id_type = %(type)s
                   UNION ALL
                  SELECT id, partner_id, value, FALSE FROM g2p_reg_id
                   WHERE value = answer.token AND id_type = %(type)s
                   UNION ALL
                  SELECT id, partner_id, value, TRUE FROM g2p_reg_id
                   WHERE partner_id = answer.person AND id_type = ANY(%(vid_types)s)
                     AND %(value)s = %(token)s) AS held""",
        people=as_array(person for person, _token in pairs),
        tokens=as_array(token for _person, token in pairs),
        type=uncounted(connector._id_type("g2p_mts.uin_token_id_type").id),
        vid_types=list(read_rule(connector.env).vid_types),
        value=ungrouped(SQL("value")),
        token=ungrouped(SQL("answer.token")),
    )
    found = connector.env.execute_query(query)
    held = [row for row in found if not row[4]]
    return (
        {person: row for row, person, *_rest in held},
        {value: person for _row, person, value, *_rest in held},
        {(person, token) for _row, person, _value, token, is_vid in found if is_vid},
    )
