from odoo import fields, models
from odoo.exceptions import UserError

from ..wire.answer import NOTHING_AT_ODK
from ..wire.client import TokenSeeder
from ..wire.envelope import without_blanks
from ..wire.errors import ForgottenError, RefusalError, TemporaryError

#: Seconds until a file is asked for again: doubled each time, up to the last.
_FIRST_LOOK, _LONGEST_PAUSE = 5, 600
#: Looks until a file that does not come counts as lost; with these pauses, about six hours.
_MOST_LOOKS = 42


class MTSConnectorODKMixin(models.AbstractModel):
    """Submissions of ODK Central as input: the MTS pulls them itself."""

    _name = "mts.connector.odk.mixin"
    _description = "ODK as Input of an MTS Connector"

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
        help="Only ODK submissions before then are sent. Empty: up to the moment of the call.",
    )
    odk_pulled_until = fields.Datetime(
        "Pulled Until",
        readonly=True,
        copy=False,
        help="A recurring connector goes on from here. Moves only when the MTS took the request.",
    )
    request_identifier = fields.Char(
        "Last Request", readonly=True, copy=False, help="Under which the MTS knows it."
    )

    _window_ordered = models.Constraint(
        "CHECK (start_datetime < end_datetime)", "The window must end after it starts."
    )

    def _check_ready(self):
        super()._check_ready()
        if self.input_type != "odk":
            return
        self._require("odk_base_url", "odk_email", "odk_password")
        if not (self.odk_odata_url or (self.odk_project_id and self.odk_form_id)):
            raise UserError(self.env._("Say what to pull: the OData URL, or project and form."))

    def _work_odk(self):
        """Let the MTS pull what was submitted in the window.

        :raises wire.errors.MTSError: nothing was pulled, and the window stays where it is
        """
        start, end = self._odk_window()
        with TokenSeeder(self.mts_url) as seeder:
            try:
                receipt = seeder.submit_odk(self._submission(), self._odk_source(start, end))
            except RefusalError as error:
                if NOTHING_AT_ODK not in error.codes:
                    raise
                receipt = None
        self.odk_pulled_until = end
        self._odk_taken(receipt)

    def _odk_window(self):
        """From when to when (naive UTC); the start may be missing, and is then left open."""
        now = fields.Datetime.now()
        start = (self.is_recurring == "recurring" and self.odk_pulled_until) or self.start_datetime
        return start, min(self.end_datetime or now, now)

    def _odk_source(self, start, end):
        """``odkconfig`` of the MTS. It filters only if it has both ends."""
        # sudo: the password is closed to everybody; it is handed to the MTS, which needs it.
        password = self.sudo().odk_password
        window = {"startdate": _iso(start), "enddate": _iso(end)} if start else {}
        return without_blanks(
            {
                "baseurl": self.odk_base_url,
                "version": self.odk_version,
                "odataurl": self.odk_odata_url,
                "projectid": self.odk_project_id,
                "formid": self.odk_form_id,
                "email": self.odk_email,
                "password": password,
                **window,
            }
        )

    def _odk_taken(self, receipt):
        if receipt is None:
            self._round_ended()
            return
        self.request_identifier = receipt.identifier
        if self.delivery_type == "download":
            self._delay_file(0)
        else:
            self._round_ended()
        if receipt.none_valid:
            self.trouble = self.env._(
                "The MTS could use none of the submissions. Look at the errors it delivers."
            )

    # -- fetching the file -----------------------------------------------------------------------

    def _delay_file(self, looks):
        pause = min(_FIRST_LOOK * 2 ** min(looks, 10), _LONGEST_PAUSE)
        self.with_delay(
            eta=pause, description=f"Fetch the answers to MTS connector {self.id}"
        )._fetch_file(self.request_identifier, looks)

    def _fetch_file(self, identifier, looks):
        """Job: attach the file of a request to the connector, once the MTS has finished it.

        :param identifier: of the request; a later one may have been made meanwhile
        :param looks: how often this was tried before
        """
        self.ensure_one()
        # sudo: the work writes states and files; nobody else does.
        connector = self.sudo()
        try:
            with TokenSeeder(self.mts_url) as seeder:
                if not seeder.status(identifier).startswith("processed"):
                    raise TemporaryError(self.env._("The MTS has not finished yet."))
                connector._attach(identifier, seeder.file(identifier, self.output_type))
        except ForgottenError as error:
            connector._stop_with(str(error))
        except TemporaryError as error:
            connector._look_for_file_again(looks + 1, str(error))
        else:
            connector._round_ended()

    def _look_for_file_again(self, looks, words):
        if looks > _MOST_LOOKS:
            self._stop_with(words)
        else:
            self.trouble = words
            self._delay_file(looks)

    def _attach(self, identifier, content):
        self.env["ir.attachment"].create(
            {
                "name": f"{identifier}.{self.output_type}",
                "raw": content,
                "res_model": self._name,
                "res_id": self.id,
            }
        )


def _iso(moment):
    return f"{moment.isoformat(timespec='milliseconds')}Z"
