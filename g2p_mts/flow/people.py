"""Who is sent next: in the order of their ids, batch after batch, nobody twice."""

from collections.abc import Iterable

from odoo import fields
from odoo.tools import SQL, Query

from odoo.addons.g2p_registry_base.arrays import as_array

from .held import Held
from .sql_values import uncounted


class People:
    """Chooses the people of the next batch.

    Left out are those who wait for an answer, have a token, or were refused and not changed since.

    People are walked in the order of their ids, from the last one of the batch before to the limit,
    and each is looked up by index in a sub-select of their own. `OFFSET 0` is what keeps
    PostgreSQL from joining instead: it would read IDs and lines from the first to the last, for
    every batch again, and more of them the further a round has come.
    """

    def __init__(self, connector):
        self._connector = connector
        self._partners = connector._partners_of_sender()
        self._person = SQL.identifier(self._partners._table, "id")
        self._ids = Held(self._partners.env["g2p.reg.id"])
        self._vid_type, self._token_type = connector._id_types(
            "g2p_mts.vid_id_type", "g2p_mts.uin_token_id_type"
        )

    def next_ids(self, after: int, limit: int) -> list[int]:
        """Ids of those to be sent, in one statement.

        :param after: id of the last person of the batch before
        """
        return list(self._next(after, limit))

    def still_meant(self, ids: Iterable[int]) -> set[int]:
        """Those of these people who are to have a token yet, by one statement.

        The others are not chosen by the filter any more, have lost the VID, or have a token now.
        """
        query = self.still_without_token(ids)
        query.add_where(self._ids.exists(self._person, self._vid_type))
        return set(query)

    def still_without_token(self, ids: Iterable[int]) -> Query:
        """Those of these people whom the filter chooses and who have no token; with VID or not."""
        query = self._without_token()
        query.add_where(SQL("%s = ANY(%s::integer[])", self._person, as_array(ids)))
        return query

    def vid(self) -> SQL:
        """The VID of each of these people, as a column: NULL if the user may not see it."""
        return self._ids.value(self._person, self._vid_type)

    def _next(self, after: int, limit: int) -> Query:
        query = self._without_token(order="id", limit=limit)
        query.add_where(SQL("%s > %s", self._person, after))
        query.add_where(self._ids.exists(self._person, self._vid_type))
        query.add_where(self._not_held_back())
        return query

    def _without_token(self, **options) -> Query:
        self._partners.env.flush_all()
        query = self._partners._search(self._connector._people_domain(), **options)
        has_token = self._ids.exists(self._person, self._token_type)
        query.add_where(SQL("NOT %s", has_token))
        return query

    def _not_held_back(self) -> SQL:
        """No line of this connector speaks against sending the person now."""
        return SQL(
            """NOT EXISTS (
                SELECT FROM g2p_mts_request_line line
                 WHERE line.partner_id = %(person)s
                   AND line.is_superseded IS NOT TRUE
                   AND CASE WHEN line.state NOT IN ('refused', 'lost') THEN TRUE
                            WHEN line.is_retryable THEN line.retry_at > %(now)s
                            ELSE NOT %(changed)s END
                   AND (SELECT connector_id FROM g2p_mts_request
                         WHERE id = line.request_id) = %(connector)s
                OFFSET 0)""",
            connector=self._connector.id,
            now=fields.Datetime.now(),
            person=self._person,
            changed=self._changed(),
        )

    def _changed(self) -> SQL:
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
            person=self._person,
            vid_type=uncounted(self._vid_type.id),
        )
