from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import LockError

from odoo.addons.g2p_registry_base.isolation import AnotherWasQuicker
from odoo.addons.mts_connector.wire.errors import ForgottenError, MTSError, TemporaryError
from odoo.addons.queue_job.exception import RetryableJobError

from ..flow.intake import Intake
from ..flow.ledger import add_people
from ..flow.records import Records
from ..meaning.answers import read_answers

OPEN = ("queued", "sent")
#: Seconds until a request is looked after again: doubled each time, up to the last.
_FIRST_LOOK, _LONGEST_PAUSE = 5, 600


class MTSRequest(models.Model):
    """One batch given to an MTS: what became of it, and of each person in it."""

    _name = "g2p.mts.request"
    _description = "MTS Request"
    _order = "id desc"

    connector_id = fields.Many2one(
        "mts.connector", required=True, readonly=True, index=True, ondelete="restrict"
    )
    identifier = fields.Char(readonly=True, copy=False, help="Under which the MTS knows it.")
    state = fields.Selection(
        [
            ("queued", "Waiting to Be Sent"),
            ("sent", "Waiting for Answers"),
            ("answered", "Answered"),
            ("lost", "Lost"),
            ("failed", "Refused"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="queued",
        readonly=True,
        index=True,
        help="Lost: the MTS forgot it or never answered. Who is still open is sent again.",
    )
    delivery_type = fields.Selection(
        [("callback", "The MTS brings the answers"), ("download", "The answers are fetched")],
        "Way Back",
        readonly=True,
    )
    line_ids = fields.One2many("g2p.mts.request.line", "request_id", "Lines", readonly=True)
    people_count = fields.Integer("People", compute="_compute_counts")
    answered_count = fields.Integer("With Token", compute="_compute_counts")
    refused_count = fields.Integer("Refused", compute="_compute_counts")
    open_count = fields.Integer("Open", compute="_compute_counts")
    sent_at = fields.Datetime("Sent", readonly=True)
    closed_at = fields.Datetime("Closed", readonly=True)
    looks = fields.Integer(readonly=True, help="How often the MTS was asked how far it is.")
    open_at_last_look = fields.Integer(readonly=True)
    trouble = fields.Char(readonly=True, help="Why it waits, or why it ended as it did.")

    @api.depends("line_ids.state")
    def _compute_counts(self):
        lines = self.env["g2p.mts.request.line"]
        groups = lines._read_group(
            [("request_id", "in", self.ids)], ["request_id", "state"], ["__count"]
        )
        counts = {(request.id, state): count for request, state, count in groups}
        for request in self:
            of = {state: counts.get((request.id, state), 0) for state in lines.STATES}
            request.people_count = sum(of.values())
            request.answered_count = of["answered"]
            request.refused_count = of["refused"] + of["conflict"]
            request.open_count = of["queued"] + of["sent"]

    @api.depends("identifier")
    def _compute_display_name(self):
        for request in self:
            request.display_name = self.env._("Request %s", request.id)

    def _add_people(self, ids):
        """One line for each person; earlier ones of theirs do not hold them back any more."""
        add_people(self, ids)

    # -- sending ---------------------------------------------------------------------------------

    def _delay_send(self):
        """Queue the job that hands this request over."""
        self._delay_later("_send", 0)

    def _send(self):
        """Job: build the records of these people and hand them to the MTS.

        They are read at this moment and kept nowhere: neither here nor in the job.
        """
        self.ensure_one()
        self._hold()
        if self.state != "queued" or not self.connector_id._is_at_work():
            return
        records = Records(self).build()
        if not records:
            self._close("answered")
            return
        try:
            with self.connector_id._token_seeder() as seeder:
                receipt = seeder.submit(self.connector_id._people_submission(self), records)
        except TemporaryError as error:
            self._put_off(error)
        except MTSError as error:
            self._refuse(error)
        else:
            self._note_sent(receipt)

    def _hold(self):
        """Let nobody write these rows before this transaction ends.

        Answers may come before it is noted that the people were sent, and somebody may press
        Stop. Who came second would make this job begin anew, and the people would be sent twice.
        """
        # sudo: the ledger is written by the connector alone.
        request = self.sudo()
        try:
            request.lock_for_update(allow_referencing=True)
            request.line_ids.lock_for_update(allow_referencing=True)
        except LockError:
            message = f"MTS request {self.id} is in use."
            raise RetryableJobError(message, seconds=1, ignore_retry=True) from None

    def _put_off(self, error):
        """Send later. A job never gives up on this: the MTS may be down for a night."""
        # sudo: the ledger is written by the connector alone.
        self.sudo().looks += 1
        pause = error.retry_after or self._pause()
        self.connector_id._note_trouble(str(error), pause)
        self._delay_later("_send", pause)

    def _pause(self):
        return min(_FIRST_LOOK * 2 ** min(self.looks, 10), _LONGEST_PAUSE)

    def _delay_later(self, method, seconds):
        """Queue a job for later, unless one waits already."""
        job = self.with_delay(
            eta=int(seconds) or None,
            identity_key=self._job_key(method),
            description=f"Follow up MTS request {self.id}",
        )
        getattr(job, method)()

    def _job_key(self, method):
        return f"g2p-mts-request-{self.id}{method}"

    def _refuse(self, error):
        """The MTS, or our settings, do not let this through: nobody was sent."""
        # sudo: the ledger is written by the connector alone.
        request = self.sudo()
        request.line_ids.filtered(lambda line: line.state in OPEN).unlink()
        # The connector first: at work, it would go on with the next people.
        self.connector_id._stop_with(str(error))
        request._close("failed", str(error))

    def _note_sent(self, receipt):
        # sudo: the ledger is written by the connector alone.
        request = self.sudo()
        now = fields.Datetime.now()
        request.write(
            {
                "identifier": receipt.identifier,
                "state": "sent",
                "sent_at": now,
                "delivery_type": self.connector_id.delivery_type,
                "looks": 0,
                "trouble": False,
            }
        )
        request.line_ids.filtered(lambda line: line.state == "queued").write(
            {"state": "sent", "sent_at": now}
        )
        self._delay_later("_look_after", self._first_look())
        if self.connector_id.trouble:
            # In a job of its own: others write the connector at the same time, and a conflict
            # would make this one begin anew.
            self._delay_later("_note_well", 0)

    def _note_well(self):
        """Job: the MTS can be reached again."""
        if self.state == "sent":
            self.connector_id._note_no_trouble()

    def _first_look(self):
        """Seconds until we ask how far it is: soon if the answers are to be fetched."""
        if self.delivery_type == "download":
            return _FIRST_LOOK
        return self.connector_id.g2p_answer_minutes * 60

    # -- the way back ----------------------------------------------------------------------------

    def _look_after(self):
        """Job: ask the MTS how far it is; take in what is there; give up what is lost."""
        self.ensure_one()
        if not self.open_count:
            self._settle()
        if self.state != "sent":
            return
        try:
            with self.connector_id._token_seeder() as seeder:
                self._look(seeder)
        except ForgottenError as error:
            self._lose(str(error))
        except MTSError as error:
            self._look_again(str(error))
        except AnotherWasQuicker:
            message = f"MTS request {self.id} met another answer for the same person."
            raise RetryableJobError(message, seconds=1, ignore_retry=True) from None

    def _look(self, seeder):
        status = seeder.status(self.identifier)
        if status.startswith("error_"):
            self._lose(self.env._("The MTS could not deliver the answers (%s).", status))
        elif not status.startswith("processed"):
            self._look_again(self.env._("The MTS has not finished yet (%s).", status))
        elif self.delivery_type == "download":
            self._fetch(seeder)
        elif self.looks and self.open_at_last_look == self.open_count:
            self._lose(self.env._("The MTS is done, but not all answers have arrived."))
        else:
            self._look_again("")

    def _fetch(self, seeder):
        records = seeder.records(self.identifier)
        # Right after `processed` the file may be cut at the end of a record.
        if len(records) < self.open_count:
            raise TemporaryError(self.env._("The file of the MTS is not complete yet."))
        Intake(self.connector_id, read_answers(records)).run()
        if self.state == "sent":
            self._lose(self.env._("The file of the MTS lacks some of the people."))

    def _look_again(self, trouble):
        deadline = self.sent_at + timedelta(hours=self.connector_id.g2p_deadline_hours)
        if fields.Datetime.now() > deadline:
            self._lose(self.env._("No answer within the time set on the connector."))
            return
        # sudo: the ledger is written by the connector alone.
        self.sudo().write(
            {
                "looks": self.looks + 1,
                "open_at_last_look": self.open_count,
                "trouble": trouble or False,
            }
        )
        self._delay_later("_look_after", self._pause())

    def _lose(self, trouble):
        """Give up waiting: whoever is open is sent again with another request."""
        # sudo: the ledger is written by the connector alone.
        request = self.sudo()
        request.line_ids.filtered(lambda line: line.state in OPEN)._lose()
        request._close("lost", trouble)
        self.connector_id._note_loss()

    def _settle(self):
        """Close what has no open line any more."""
        for request in self.filtered(lambda request: request.state == "sent"):
            if request.open_count:
                request._settle_after_commit()
            else:
                request._close("answered")
                request.connector_id._note_whole_answer(request)

    def _settle_after_commit(self):
        """See once more, when what is written here is seen by others.

        Of two answers that are taken in at the same time, each sees the line of the other open.
        """

        @self.env.cr.postcommit.add
        def settle():
            with self.pool.cursor() as cr:
                request = self.with_env(self.env(cr=cr)).exists()
                if request.state == "sent" and not request.open_count:
                    request._delay_later("_settle", 0)

    def _close(self, state, trouble=False):
        # sudo: the ledger is written by the connector alone.
        self.sudo().write({"state": state, "closed_at": fields.Datetime.now(), "trouble": trouble})
        self.connector_id._request_closed()

    def _cancel(self):
        """The connector was stopped: what was not sent yet is not sent."""
        # sudo: the ledger is written by the connector alone.
        for request in self.sudo().filtered(lambda request: request.state == "queued"):
            request.line_ids.unlink()
            request.write({"state": "cancelled", "closed_at": fields.Datetime.now()})

    def action_look_now(self):
        """Button "Ask Now": ask the MTS how far it is, without waiting for the next time.

        :raises AccessError: the caller is no MTS operator
        """
        for request in self._for_operator("sent"):
            request._cancel_job("_look_after")
            request._delay_later("_look_after", 0)

    def _cancel_job(self, method):
        # sudo: operators do not manage the queue; only the waiting job of this request is touched.
        jobs = self.env["queue.job"].sudo()
        waiting = [("identity_key", "=", self._job_key(method)), ("state", "=", "pending")]
        jobs.search(waiting).button_cancelled()
