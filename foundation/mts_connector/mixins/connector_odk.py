from datetime import datetime, timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ..wire.answer import NOTHING_AT_ODK
from ..wire.envelope import without_blanks
from ..wire.errors import RefusalError, ServerError

#: Before the first submission to any ODK Central.
_BEGINNING = datetime(1970, 1, 1)
#: A recurring connector leaves out the last minute: by the clock of ODK, it may not be over yet.
_CLOCKS_APART = timedelta(minutes=1)


class MTSConnectorODKMixin(models.AbstractModel):
    """Submissions of ODK Central as input: the MTS pulls them itself."""

    _name = "mts.connector.odk.mixin"
    _description = "ODK as Input of an MTS Connector"
    _own_fields = ("odk_pulled_until",)

    odk_base_url = fields.Char(string="ODK Base URL")
    odk_odata_url = fields.Char(
        string="ODK OData URL", help="Of the form's submissions. Or give project and form."
    )
    odk_project_id = fields.Char(string="ODK Project")
    odk_form_id = fields.Char(string="ODK Form")
    odk_version = fields.Char(string="ODK API Version", default="v1")
    odk_email = fields.Char(string="ODK User Email")
    start_datetime = fields.Datetime(
        string="From", copy=False, help="Only ODK submissions from then on are sent."
    )
    end_datetime = fields.Datetime(
        string="Until",
        copy=False,
        help="Only ODK submissions before then are sent, once it is then. Empty: no end.",
    )
    odk_pulled_until = fields.Datetime(
        "Pulled Until",
        readonly=True,
        copy=False,
        help="A recurring connector goes on from here. Moves only when the MTS has delivered.",
    )

    _window_ordered = models.Constraint(
        "CHECK (start_datetime < end_datetime)", "The window must end after it starts."
    )

    def _check_ready(self):
        if self.input_type == "odk":
            self._check_odk_ready()
        return super()._check_ready()

    def _check_odk_ready(self):
        self._require("odk_base_url", "odk_email", "odk_password")
        if not (self.odk_odata_url or (self.odk_project_id and self.odk_form_id)):
            raise UserError(self.env._("Say what to pull: the OData URL, or project and form."))

    def _addresses_used(self):
        names = super()._addresses_used()
        return [*names, "odk_base_url", "odk_odata_url"] if self.input_type == "odk" else names

    def _start(self):
        if self.is_recurring == "onetime":
            self.odk_pulled_until = False
        return super()._start()

    def write(self, vals):
        if "start_datetime" in vals:
            # Another window was chosen: it counts, and not how far the last one had come.
            vals = {"odk_pulled_until": False, **vals}
        return super().write(vals)

    def _work_odk(self):
        """Let the MTS pull what was submitted in the window.

        :raises wire.errors.MTSError: nothing was pulled, and the window stays where it is
        """
        start, end = self._odk_window()
        if self.is_recurring == "onetime" and self.end_datetime and end < self.end_datetime:
            self._wait_for_end()
        elif start >= end:
            self._round_ended()
        else:
            self._pull(start, end)

    def _wait_for_end(self):
        pause = (self.end_datetime - fields.Datetime.now()).total_seconds() + 1
        self.job_status = "started"
        self._note_trouble(self.env._("The window has not ended yet."), pause)
        self._delay_round(pause)

    def _odk_window(self):
        """From when to when, naive UTC: the end is not part of it."""
        now = fields.Datetime.now()
        recurring = self.is_recurring == "recurring"
        start = (recurring and self.odk_pulled_until) or self.start_datetime or _BEGINNING
        latest = now - _CLOCKS_APART if recurring else now
        return start, min(self.end_datetime or latest, latest)

    def _pull(self, start, end):
        try:
            with self._token_seeder() as seeder:
                receipt = seeder.submit_odk(self._submission(), self._odk_source(start, end))
        except RefusalError as error:
            if NOTHING_AT_ODK not in error.codes:
                raise
            self._delivered(end)
        except ServerError as error:
            raise ServerError(
                self.env._(
                    "%s If it stays so, check address, e-mail and password of ODK: the MTS does "
                    "not say when they are wrong.",
                    error,
                ),
                error.retry_after,
            ) from error
        else:
            self._follow_from_now(receipt, end)

    def _odk_source(self, start, end):
        """``odkconfig`` of the MTS. It filters only if it has both ends."""
        return without_blanks(
            {
                "baseurl": self.odk_base_url.rstrip("/"),
                "version": self.odk_version,
                "odataurl": self.odk_odata_url,
                "projectid": self.odk_project_id,
                "formid": self.odk_form_id,
                "email": self.odk_email,
                "password": self._secret("odk_password"),
                "startdate": _iso(start),
                "enddate": _iso(end),
            }
        )

    def _delivered(self, end):
        """Everything up to ``end`` is done; the next window begins there."""
        self.odk_pulled_until = end
        self._round_ended()

    def _is_finished(self):
        if self.input_type != "odk" or not self.end_datetime:
            return super()._is_finished()
        return bool(self.odk_pulled_until and self.odk_pulled_until >= self.end_datetime)

    def _is_round_lost(self):
        if self.input_type != "odk":
            return super()._is_round_lost()
        return self.job_status == "running" and not self._living_jobs()


def _iso(moment):
    return f"{moment.isoformat(timespec='milliseconds')}Z"
