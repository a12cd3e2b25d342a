from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..wire.errors import MTSError, TemporaryError

AT_WORK = ("started", "running")
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
    last_round_at = fields.Datetime("Last Round", readonly=True, copy=False)

    # -- buttons ---------------------------------------------------------------------------------

    def mts_action_trigger(self):
        """Button "Start", "Stop" or "Start Again", by the state the connector is in.

        :raises AccessError: the caller is no MTS operator
        :raises UserError: something that is needed is missing
        """
        self.ensure_one()
        if not self.env.user.has_group("mts_connector.group_mts_operator"):
            raise AccessError(self.env._("Only MTS operators start and stop connectors."))
        self.check_access("read")
        # sudo: operators start and stop connectors, but do not change what they send.
        connector = self.sudo()
        connector._stop() if self._is_at_work() else connector._start()

    def _is_at_work(self):
        return self.job_status in AT_WORK

    def _start(self):
        """Work in the name of the current user from now on."""
        self._check_ready()
        self.write({"job_status": "started", "user_id": self.env.uid, **self._no_trouble()})
        if self.is_recurring == "recurring":
            self.cron_id = self.env["ir.cron"].create(self._prepare_cron_vals())
        self._delay_round()

    def _stop(self):
        """Nothing is begun any more. What the MTS holds already still comes back."""
        self._cancel_jobs()
        self.cron_id.unlink()
        self.write({"job_status": "draft", **self._no_trouble()})

    def _stop_with(self, words):
        """Stop, because going on makes no sense before somebody has changed something."""
        connector = self.sudo()  # sudo: as in `_stop`; called from the work itself
        connector._stop()
        connector.trouble = words

    @staticmethod
    def _no_trouble():
        return {"trouble": False, "paused_until": False}

    def _check_ready(self):
        """Refuse to start what cannot work; addons add what they need.

        :raises UserError: says what is missing
        """

    # -- repeating -------------------------------------------------------------------------------

    def _prepare_cron_vals(self):
        return {
            "name": self.env._("MTS Connector: %s", self.name),
            "model_id": self.env["ir.model"]._get_id("mts.connector"),
            "state": "code",
            "code": f"model._run_scheduled({self.id})",
            # The round itself runs as the user of the connector.
            "user_id": self.env.ref("base.user_root").id,
            "interval_number": self.interval_minutes,
            "interval_type": "minutes",
            "nextcall": fields.Datetime.now() + timedelta(minutes=self.interval_minutes),
        }

    @api.model
    def _run_scheduled(self, connector_id):
        """Cron: the next round of a recurring connector, unless one is under way."""
        connector = self.browse(connector_id).exists()
        if connector and connector.job_status == "started":
            connector._delay_round()

    def write(self, vals):
        result = super().write(vals)
        if "interval_minutes" in vals:
            # sudo: who may change the connector may change how often it works, and no more.
            crons = self.sudo().cron_id
            crons.interval_number = vals["interval_minutes"]
        return result

    # -- a round ---------------------------------------------------------------------------------

    def _delay_round(self, pause=0):
        """Queue a round, unless one waits already.

        :param pause: seconds until then
        """
        self.with_delay(
            eta=int(pause) or None,
            identity_key=self._round_key(),
            description=f"Round of MTS connector {self.id}",
        )._run_round()

    def _round_key(self):
        return f"mts-connector-round-{self.id}"

    def _cancel_jobs(self):
        # sudo: operators do not manage the queue; only the job of this connector is touched.
        jobs = self.env["queue.job"].sudo()
        waiting = [("identity_key", "=", self._round_key())]
        waiting += [("state", "in", ("wait_dependencies", "pending", "enqueued"))]
        jobs.search(waiting).button_cancelled()

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
            pause = error.retry_after or self._next_pause()
            connector._note_trouble(str(error), pause)
            connector._delay_round(pause)
        except MTSError as error:
            connector._stop_with(str(error))

    def _next_pause(self):
        """Seconds: twice as long as the last pause."""
        if not self.paused_until:
            return _FIRST_PAUSE
        last = (self.paused_until - (self.last_round_at or self.paused_until)).total_seconds()
        return min(max(2 * last, _FIRST_PAUSE), _LONGEST_PAUSE)

    def _round_ended(self):
        """Everything of this round is done."""
        # sudo: the state is written by the work itself.
        connector = self.sudo()
        state = "started" if self.is_recurring == "recurring" else "completed"
        connector.write({"job_status": state, **self._no_trouble()})

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
