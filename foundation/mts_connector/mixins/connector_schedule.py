from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class MTSConnectorScheduleMixin(models.AbstractModel):
    """A recurring connector has a scheduled action of its own for as long as it is at work."""

    _name = "mts.connector.schedule.mixin"
    _description = "Schedule of an MTS Connector"
    _own_fields = ("cron_id",)

    is_recurring = fields.Selection(
        [("recurring", "Recurring"), ("onetime", "One Time")],
        string="Job Type",
        required=True,
        default="onetime",
    )
    interval_minutes = fields.Integer(string="Interval in Minutes", default=60)
    cron_id = fields.Many2one(
        "ir.cron", string="Scheduled Action", readonly=True, copy=False, ondelete="set null"
    )

    _interval_positive = models.Constraint(
        "CHECK (is_recurring != 'recurring' OR interval_minutes > 0)",
        "A recurring connector needs an interval of at least one minute.",
    )

    def write(self, vals):
        if self._changes_kind_at_work(vals):
            raise UserError(self.env._("Stop the connector before you change how it works."))
        result = super().write(vals)
        if "interval_minutes" in vals:
            self._reschedule()
        return result

    def _changes_kind_at_work(self, vals):
        names = ("is_recurring", "input_type", "delivery_type")
        return any(
            connector._is_at_work() and vals[name] != connector[name]
            for name in names
            if name in vals
            for connector in self
        )

    def _schedule(self):
        self._unschedule()
        if self.is_recurring == "recurring":
            self.cron_id = self.env["ir.cron"].create(self._prepare_cron_vals())

    def _unschedule(self):
        # One that is executing right now is left; it finds out that there is nothing to do.
        self._own_cron().try_lock_for_update().unlink()

    def _own_cron(self):
        """The scheduled action of this connector, and never another one, whatever stands there."""
        return self.cron_id.filtered(lambda cron: cron.code == self._cron_code())

    def _cron_code(self):
        return f"model._run_scheduled({self.id})"

    def _reschedule(self):
        # sudo: who may change the connector may change how often it works, and no more.
        for connector in self.sudo():
            vals = connector._prepare_cron_vals()
            connector._own_cron().write({key: vals[key] for key in ("interval_number", "nextcall")})

    def _prepare_cron_vals(self):
        return {
            "name": self.env._("MTS Connector: %s", self.name),
            "model_id": self.env["ir.model"]._get_id("mts.connector"),
            "state": "code",
            "code": self._cron_code(),
            # Whoever presses Start; the round itself runs as the user of the connector.
            "user_id": self.env.ref("base.user_root").id,
            "interval_number": self.interval_minutes,
            "interval_type": "minutes",
            "nextcall": fields.Datetime.now() + timedelta(minutes=self.interval_minutes),
        }

    @api.model
    def _run_scheduled(self, connector_id):
        """Cron: the next round of a recurring connector, unless one is under way."""
        connector = self.browse(connector_id).exists()
        if connector and (connector.job_status == "started" or connector._is_round_lost()):
            connector._delay_round()

    def _is_round_lost(self):
        """Whether a round is under way that no job carries on; addons know more."""
        return False
