from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.mts_connector.wire.errors import ServerError, UnansweredError

from ..meaning import catalogue

#: So often in a row an MTS that is up may fail on a request before it is divided.
_MOST_FAILURES = 3
#: The MTS fails on so many people in a row, each sent alone: it is not their data.
_MOST_BLAMED = 2


class MTSRequestFailingMixin(models.AbstractModel):
    """What becomes of a request that the MTS does not take.

    Whoever may have left stays in the ledger, with the time.
    """

    _name = "g2p.mts.request.failing.mixin"
    _description = "Failing to Send an MTS Request"

    failures = fields.Integer(readonly=True, help="How often in a row the MTS failed on it.")

    def _waiting_lines(self):
        return self.line_ids.filtered(lambda line: line.state == "queued")

    def _note_left(self):
        """These people were handed to the MTS, or may have been: from now on the ledger says so."""
        unsent = self._waiting_lines().filtered(lambda line: not line.sent_at)
        unsent.sent_at = fields.Datetime.now()

    def _drop_unsent(self):
        """Forget those of whom nothing has left this system."""
        self._waiting_lines().filtered(lambda line: not line.sent_at).unlink()

    def _may_have_left(self):
        """Whether a job that sends these people began, and ended without a word.

        Its server was killed, say: what it did after the call is lost, and not that it began.
        """
        # sudo: operators do not manage the queue; only jobs of this request are looked at.
        jobs = self.env["queue.job"].sudo()
        sending = Domain("identity_key", "=", self._job_key("_send"))
        begun = Domain("date_started", "!=", False) | Domain("retry", ">", 0)
        # One that came to its end has said itself what left; so will the one this runs in.
        told = Domain("state", "=", "done")
        told |= Domain("uuid", "=", self.env.context.get("job_uuid") or "-")
        return bool(jobs.search_count(sending & begun & ~told, limit=1))

    def _cancel(self):
        """The connector was stopped: what was not sent yet is not sent."""
        # sudo: the ledger is written by the connector alone.
        for request in self.sudo().filtered(lambda request: request.state == "queued"):
            if request._may_have_left():
                request._note_left()
            request._drop_unsent()
            request._waiting_lines()._lose()
            request.write({"state": "cancelled", "closed_at": fields.Datetime.now()})

    def _fail(self, error):
        """The MTS, or our settings, do not let this through. Who was sent is sent again later."""
        # sudo: the ledger is written by the connector alone.
        request = self.sudo()
        if error.may_have_left:
            request._note_left()
        request._drop_unsent()
        request._waiting_lines()._give_back()
        # The connector first: at work, it would go on with the next people.
        self.connector_id._stop_with(str(error))
        request._close("failed", str(error))

    def _put_off(self, error):
        """Send later. A job never gives up on this: the MTS may be down for a night."""
        # sudo: the ledger is written by the connector alone.
        request = self.sudo()
        if error.may_have_left:
            request._note_left()
        is_failure = isinstance(error, (ServerError, UnansweredError))
        request.write({"looks": self.looks + 1, "failures": self.failures + 1 if is_failure else 0})
        pause = error.retry_after or self._pause()
        self.connector_id._note_trouble(str(error), pause)
        if self.failures >= _MOST_FAILURES and self._is_mts_up():
            request._divide(str(error))
        else:
            self._delay_later("_send", pause)

    def _is_mts_up(self):
        with self.connector_id._token_seeder() as seeder:
            return seeder.is_up()

    def _divide(self, words):
        """There are too many people, or one it stumbles over: send each half of them by itself."""
        waiting = self._waiting_lines().sorted("id")
        people = waiting.partner_id.ids
        if len(people) < 2:
            self._blame(waiting, words)
            return
        waiting._lose()
        connector, middle = self.connector_id, len(people) // 2
        connector._note_loss()
        for half in (people[:middle], people[middle:]):
            connector._queue_people(half)
        self._close("lost", words)

    def _blame(self, line, words):
        """The MTS fails on one person alone; if that goes on, it is not up to the person."""
        line._refuse(catalogue.MTS_FAILS)
        connector = self.connector_id
        connector.pause_count += 1
        if connector.pause_count >= _MOST_BLAMED:
            connector._stop_with(
                self.env._(
                    "The MTS fails even on single people, one after the other. Have it looked "
                    "after, start again, and send those again who were refused for that."
                )
            )
        self._close("lost", words)
