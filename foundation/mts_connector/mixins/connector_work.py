from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..wire.errors import MTSError, TemporaryError

AT_WORK = ("started", "running")
#: States of a job that will still do something.
LIVING = ("wait_dependencies", "pending", "enqueued", "started")
#: Seconds until a call to an MTS that is down is made again: doubled each time, up to the last.
_FIRST_PAUSE, _LONGEST_PAUSE = 10, 600


class MTSConnectorWorkMixin(models.AbstractModel):
    """Starts, repeats and stops the work of a connector.

    Whatever is started works through ``_work_<input type>()``, which an addon adds together with
    its input type. It either ends the round itself with ``_round_ended()``, or leaves that to
    jobs of its own.
    """

    _name = "mts.connector.work.mixin"
    _description = "Work of an MTS Connector"
    _own_fields = ("user_id", "trouble", "paused_until", "pause_count", "last_round_at")

    user_id = fields.Many2one(
        "res.users",
        "Works As",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="Who started it: the connector reads what this user may read.",
    )
    trouble = fields.Char(
        readonly=True, copy=False, help="Why it waits or has stopped, and what to do."
    )
    paused_until = fields.Datetime("Tries Again", readonly=True, copy=False)
    pause_count = fields.Integer(readonly=True, copy=False)
    last_round_at = fields.Datetime("Last Round", readonly=True, copy=False)

    # -- buttons ---------------------------------------------------------------------------------

    def mts_action_trigger(self):
        """Start the connector, or stop it if it is at work.

        :raises AccessError: the caller is no MTS operator
        :raises UserError: something that is needed is missing
        """
        self.ensure_one()
        return self.action_stop() if self._is_at_work() else self.action_start()

    def action_start(self):
        """Work from now on, in the name of the caller. Of a connector at work, nothing changes.

        :raises AccessError: the caller is no MTS operator
        :raises UserError: something that is needed is missing
        """
        connector = self._for_operator()
        if not connector._is_at_work():
            connector._start()

    def action_stop(self):
        """Begin nothing any more. Of a connector that is not at work, nothing changes.

        :raises AccessError: the caller is no MTS operator
        """
        connector = self._for_operator()
        if connector._is_at_work():
            connector._stop()

    def _for_operator(self):
        """The connector with all rights, and locked, so that nobody else starts or stops it."""
        self.ensure_one()
        if not self.env.user.has_group("mts_connector.group_mts_operator"):
            raise AccessError(self.env._("Only MTS operators start and stop connectors."))
        self.check_access("read")
        # sudo: operators start and stop connectors, but do not change what they send.
        connector = self.sudo()
        connector.lock_for_update(allow_referencing=True)
        return connector

    def _is_at_work(self):
        return self.job_status in AT_WORK

    def _start(self):
        """Work in the name of the current user from now on."""
        self._check_ready()
        self.write({"job_status": "started", "user_id": self.env.uid, **self._no_trouble()})
        self._schedule()
        self._delay_round()

    def _stop(self):
        """Nothing is begun any more. What the MTS holds already still comes back."""
        self._cease("draft")

    def _stop_with(self, words):
        """Stop, because going on makes no sense before somebody has changed something."""
        connector = self.sudo()  # sudo: as in `_stop`; called from the work itself
        connector._stop()
        connector.trouble = words

    def _cease(self, state):
        self._cancel_jobs()
        self._unschedule()
        self.write({"job_status": state, **self._no_trouble()})

    @staticmethod
    def _no_trouble():
        return {"trouble": False, "paused_until": False, "pause_count": 0}

    def _check_ready(self):
        """Refuse to start what cannot work; addons add what they need.

        :raises UserError: says what is missing
        """

    # -- a round ---------------------------------------------------------------------------------

    def _delay_round(self, pause=0):
        """Queue a round in the name of the connector's user, unless one waits already.

        :param pause: seconds until then
        """
        self.with_user(self.sudo().user_id).with_delay(
            eta=int(pause) or None,
            identity_key=self._job_key("round"),
            description=f"Round of MTS connector {self.id}",
        )._run_round()

    def _job_key(self, kind):
        return f"mts-connector-{kind}-{self.id}"

    def _job_kinds(self):
        """Kinds of the jobs this connector may have waiting; addons add their own."""
        return ["round"]

    def _living_jobs(self):
        # sudo: operators do not manage the queue; only jobs of this connector are looked at.
        jobs = self.env["queue.job"].sudo()
        keys = [self._job_key(kind) for kind in self._job_kinds()]
        return jobs.search([("identity_key", "in", keys), ("state", "in", LIVING)])

    def _cancel_jobs(self):
        # One that has begun finds out by itself that it is not wanted any more.
        self._living_jobs().filtered(lambda job: job.state != "started").button_cancelled()

    def _run_round(self):
        """Job: one round, unless somebody has pressed Stop meanwhile.

        Trouble that may pass leads to another job, later, and not to a retry of this one: a retry
        would take back the words that say why the connector waits.
        """
        self.ensure_one()
        if not self._is_at_work():
            return
        # sudo: the state is written by the work itself.
        connector = self.sudo()
        connector.write({"job_status": "running", "last_round_at": fields.Datetime.now()})
        try:
            getattr(connector, f"_work_{self.input_type}")()
        except TemporaryError as error:
            connector._begin_again(str(error), error.retry_after)
        except MTSError as error:
            connector._stop_with(str(error))
        except UserError as error:
            # Ours, of a missing secret for instance; its kin may quote a record.
            if type(error) is not UserError:
                raise
            connector._stop_with(str(error))

    def _begin_again(self, words, pause=None):
        """The round came to nothing; another one comes later.

        :param pause: seconds until then; None for twice as long as the last time
        """
        pause = pause or min(_FIRST_PAUSE * 2 ** min(self.pause_count, 10), _LONGEST_PAUSE)
        self.pause_count += 1
        self._note_trouble(words, pause)
        self._delay_round(pause)

    def _round_ended(self):
        """Everything of this round is done."""
        # sudo: the state is written by the work itself.
        connector = self.sudo()
        if self.is_recurring == "recurring" and not self._is_finished():
            connector.write({"job_status": "started", **self._no_trouble()})
        else:
            connector._cease("completed")

    def _is_finished(self):
        """Whether a recurring connector has nothing to do any more, ever."""
        return False

    def _on_job_failed(self, exc_name, exc_message, exc_info):
        """Hook of the queue: a job of this connector ended in an exception nobody foresaw.

        Only the name of the exception is kept: its text may quote a record.
        """
        words = self.env._(
            "Internal error (%s); see the job queue. Start again once it is mended.", exc_name
        )
        for connector in self.sudo().exists():  # sudo: as in `_stop_with`
            if connector._is_at_work():
                connector._stop_with(words)

    def _note_trouble(self, words, pause):
        """Show why the connector waits, and until when.

        :param pause: seconds
        """
        until = fields.Datetime.now() + timedelta(seconds=int(pause))
        # sudo: the state is written by the work itself.
        self.sudo().write({"trouble": words, "paused_until": until})

    def _note_no_trouble(self):
        if self.trouble:
            # sudo: the state is written by the work itself.
            self.sudo().write(self._no_trouble())
