from odoo import fields, models
from odoo.tools import SQL

from ..flow.people import People
from ..meaning.states import OPEN


class MTSRoundMixin(models.AbstractModel):
    """Batch after batch until everybody was asked for."""

    _name = "g2p.mts.round.mixin"
    _description = "Round of a Connector That Sends Registrants"

    def _work_custom(self):
        """A round: begin with the first person, unless batches are still under way."""
        if not self._open_requests():
            self.g2p_last_person = 0
        self._go_on()

    def _go_on(self):
        """Queue the next batches, or end the round if nobody is under way any more."""
        self._wait_for_turn()
        # It may have been changed since the last batch.
        if not self._stops_unapproved() and not self._fill_up():
            self._round_ended()

    def _wait_for_turn(self):
        """Let one job at a time choose people or end the round; the queue tries the others again.

        The row is written and not only locked: of two jobs that close two requests at the same
        time, each would go by a picture in which the other request is still open, and neither
        would end the round.
        """
        query = "UPDATE mts_connector SET g2p_last_person = g2p_last_person WHERE id = %s"
        self.env.execute_query(SQL(query, self.id))

    def _fill_up(self):
        """Queue batches until as many wait for answers as may, or everybody was sent.

        :returns: whether people are under way
        """
        self.ensure_one()
        free = self.g2p_most_open - len(self._open_requests())
        while free > 0 and self._queue_batch():
            free -= 1
        return bool(self._open_requests())

    def _queue_batch(self):
        """Make a request of the next people, if there are any, and queue its sending.

        :returns: the request, with all rights; None if there is nobody
        """
        ids = self._next_people()
        if not ids:
            return None
        # sudo: the place moves with the batches, whoever the job runs as.
        self.sudo().g2p_last_person = ids[-1]
        return self._queue_people(ids)

    def _queue_people(self, ids):
        """Make a request of these people, and queue its sending.

        :returns: the request, with all rights
        """
        # sudo: the ledger is written by the connector alone.
        request = self.env["g2p.mts.request"].sudo().create({"connector_id": self.id})
        request._add_people(ids)
        request._delay_send()
        return request

    def _next_people(self):
        """Who comes next; at the end once more from the beginning, for those who were lost."""
        people = People(self)
        ids = people.next_ids(self.g2p_last_person, self.g2p_batch_size)
        if ids or self._open_requests():
            return ids
        return people.next_ids(0, self.g2p_batch_size)

    def _open_requests(self):
        open_ones = [("connector_id", "=", self.id), ("state", "in", OPEN)]
        return self.env["g2p.mts.request"].search(open_ones)

    def _request_closed(self):
        """A request is closed: go on with the next batch, or end the round."""
        if self._is_at_work():
            self._go_on()

    def _round_ended(self):
        """A connector that works once is not done while people are to be tried again."""
        later = self._still_tried_again()
        if not later or self.is_recurring == "recurring":
            super()._round_ended()
            return
        pause = max((later[0].retry_at - fields.Datetime.now()).total_seconds(), 0) + 1
        words = self.env._("%s people are sent again: look at their reasons.", len(later))
        self._note_trouble(words, pause)
        self._delay_round(pause)

    def _still_tried_again(self):
        """The lines of those who are sent again later; the others' are called off."""
        lines = self._tried_again_later()
        meant = People(self).still_meant(lines.partner_id.ids) if lines else ()
        later = lines.filtered(lambda line: line.partner_id.id in meant)
        (lines - later)._call_off()
        return later

    def _tried_again_later(self):
        # sudo: whoever the job runs as, the whole ledger counts.
        lines = self.env["g2p.mts.request.line"].sudo()
        again = [("connector_id", "=", self.id), ("is_retryable", "=", True)]
        again += [("is_superseded", "=", False), ("state", "in", ("refused", "lost"))]
        return lines.search(again, order="retry_at, id")

    def _stop(self):
        self._open_requests()._cancel()
        return super()._stop()
