"""Who is sent next: in the order of their ids, batch after batch, nobody twice."""

from collections.abc import Sequence

from odoo import fields
from odoo.fields import Domain
from odoo.tools import SQL


class People:
    """Chooses the people of the next batch.

    Left out are those who wait for an answer, have a token, or were refused and not changed since.
    """

    def __init__(self, connector):
        self._connector = connector
        self._partners = connector._partners_of_sender()

    def next_ids(self, after: int, limit: int) -> list[int]:
        """Ids of those to be sent, in one statement.

        :param after: id of the last person of the batch before
        """
        self._partners.env.flush_all()
        query = self._partners._search(self._meant(), order="id", limit=limit)
        person = SQL.identifier(self._partners._table, "id")
        query.add_where(SQL("%s > %s", person, after))
        query.add_where(self._not_held_back(person))
        return list(query)

    def still_meant(self, ids: Sequence[int]) -> set[int]:
        """Those of these people who are to have a token yet, by one statement.

        The others are not chosen by the filter any more, have lost the VID, or have a token now.
        """
        self._partners.env.flush_all()
        return set(self._partners._search(self._meant() & Domain("id", "in", ids)))

    def _meant(self) -> Domain:
        connector = self._connector
        return connector._people_domain() & connector._vid_domain() & ~connector._token_domain()

    def _not_held_back(self, person: SQL) -> SQL:
        """No line of this connector speaks against sending the person now."""
        return SQL(
            """NOT EXISTS (
                SELECT FROM g2p_mts_request_line line
                 WHERE line.connector_id = %(connector)s
                   AND line.partner_id = %(person)s
                   AND line.is_superseded IS NOT TRUE
                   AND CASE WHEN line.state NOT IN ('refused', 'lost') THEN TRUE
                            WHEN line.is_retryable THEN line.retry_at > %(now)s
                            ELSE NOT %(changed)s END)""",
            connector=self._connector.id,
            now=fields.Datetime.now(),
            person=person,
            changed=self._changed(person),
        )

    def _changed(self, person: SQL) -> SQL:
        """The person, or the VID, was changed after the line was made.

        Who is mended while the answer is on its way is sent again, too.
        """
        return SQL(
            """(%(written)s > line.create_date OR EXISTS (
                SELECT FROM g2p_reg_id vid
                 WHERE vid.partner_id = %(person)s
                   AND vid.id_type = %(vid_type)s
                   AND vid.write_date > line.create_date))""",
            written=SQL.identifier(self._partners._table, "write_date"),
            person=person,
            vid_type=self._connector._id_type("g2p_mts.vid_id_type").id,
        )
