from odoo import api, fields, models
from odoo.tools import SQL

from ..flow.people import People
from ..meaning.batch_size import FIRST, BatchSize
from ..meaning.states import OPEN


class MTSSendingMixin(models.AbstractModel):
    """Batch after batch until everybody was asked for; how big, how many, how patiently."""

    _name = "g2p.mts.sending.mixin"
    _description = "Sending Registrants to an MTS"

    g2p_request_ids = fields.One2many("g2p.mts.request", "connector_id", "Requests", readonly=True)
    g2p_request_count = fields.Integer("Number of Requests", compute="_compute_g2p_request_count")
    g2p_last_person = fields.Integer(readonly=True, copy=False, help="Where the round has come to.")
    g2p_batch_size = fields.Integer(
        "People per Batch",
        default=FIRST,
        copy=False,
        help="Grows while whole answers come back, and shrinks when one is lost.",
    )
    g2p_batch_floor = fields.Integer("At Least", default=10)
    g2p_batch_ceiling = fields.Integer("At Most", default=1000)
    g2p_most_open = fields.Integer(
        "Batches at a Time", default=1, help="How many batches may wait for answers."
    )
    g2p_most_attempts = fields.Integer(
        "Attempts per Person", default=5, help="Nobody is sent more often without being asked for."
    )
    g2p_answer_minutes = fields.Integer(
        "Ask After (Minutes)",
        default=10,
        help="If the MTS brings the answers: when to ask it for those that have not come.",
    )
    g2p_deadline_hours = fields.Integer(
        "Give Up After (Hours)",
        default=6,
        help="Then whoever has no answer is sent again. An MTS keeps results for six hours.",
    )

    _g2p_batch_bounds = models.Constraint(
        "CHECK (g2p_batch_floor > 0 AND g2p_batch_ceiling >= g2p_batch_floor)",
        "A batch has at least one person, and its bounds are in order.",
    )
    _g2p_patience = models.Constraint(
        "CHECK (g2p_most_open > 0 AND g2p_most_attempts > 0"
        " AND g2p_answer_minutes > 0 AND g2p_deadline_hours > 0)",
        "Batches, attempts, minutes and hours must be at least one.",
    )

    @api.depends("g2p_request_ids")
    def _compute_g2p_request_count(self):
        groups = self.env["g2p.mts.request"]._read_group(
            [("connector_id", "in", self.ids)], ["connector_id"], ["__count"]
        )
        counts = dict(groups)
        for connector in self:
            connector.g2p_request_count = counts.get(connector._origin, 0)

    # -- a round ---------------------------------------------------------------------------------

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

    def _fill_up(self):
        """Queue batches until as many wait for answers as may, or everybody was sent.

        :returns: whether people are under way
        """
        self.ensure_one()
        free = self.g2p_most_open - len(self._open_requests())
        while free > 0 and self._queue_batch():
            free -= 1
        return bool(self._open_requests())

    def _stop(self):
        self._open_requests()._cancel()
        return super()._stop()

    def _create_tokens(self, pairs):
        """Store tokens as IDs of the configured type.

        :param pairs: list of (registrant, token)
        :returns: the rows, in their order
        """
        id_type = self._id_type("g2p_mts.uin_token_id_type")
        values = self._token_values()
        # sudo: tokens are written by the connector, for people its user could read.
        return (
            self.env["g2p.reg.id"]
            .sudo()
            .create(
                [
                    {"partner_id": partner.id, "id_type": id_type.id, "value": token, **values}
                    for partner, token in pairs
                ]
            )
        )

    def _token_values(self):
        today = fields.Date.to_string(fields.Date.context_today(self))
        return {"status": "valid", "description": self.env._("From MTS on %s", today)}

    def _wait_for_turn(self):
        """Let one job at a time choose people or end the round; the queue tries the others again.

        The row is written and not only locked: of two jobs that close two requests at the same
        time, each would go by a picture in which the other request is still open, and neither
        would end the round.
        """
        query = "UPDATE mts_connector SET g2p_last_person = g2p_last_person WHERE id = %s"
        self.env.execute_query(SQL(query, self.id))

    def _open_requests(self):
        open_ones = [("connector_id", "=", self.id), ("state", "in", OPEN)]
        return self.env["g2p.mts.request"].search(open_ones)

    def _queue_batch(self):
        """Make a request of the next people, if there are any, and queue its sending."""
        ids = self._next_people()
        if not ids:
            return False
        self._queue_people(ids)
        # sudo: the place moves with the batches, whoever the job runs as.
        self.sudo().g2p_last_person = ids[-1]
        return True

    def _queue_people(self, ids):
        """Make a request of these people, and queue its sending."""
        # sudo: the ledger is written by the connector alone.
        request = self.env["g2p.mts.request"].sudo().create({"connector_id": self.id})
        request._add_people(ids)
        request._delay_send()

    def _next_people(self):
        """Who comes next; at the end once more from the beginning, for those who were lost."""
        people = People(self)
        ids = people.next_ids(self.g2p_last_person, self.g2p_batch_size)
        if ids or self._open_requests():
            return ids
        return people.next_ids(0, self.g2p_batch_size)

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

    def _request_closed(self):
        """A request is closed: go on with the next batch, or end the round."""
        if self._is_at_work():
            self._go_on()

    # -- what the outcome of a request does to the next ones --------------------------------------

    def _sizes(self):
        return BatchSize(self.g2p_batch_size, self.g2p_batch_floor, self.g2p_batch_ceiling)

    def _note_whole_answer(self, request):
        # A last, small batch proves nothing about big ones.
        if request.people_count >= self.g2p_batch_size:
            # sudo: the size follows the outcome, whoever the job runs as.
            self.sudo().g2p_batch_size = self._sizes().after_whole_answer()

    def _note_loss(self):
        # sudo: the size follows the outcome, whoever the job runs as.
        self.sudo().g2p_batch_size = self._sizes().after_loss()
