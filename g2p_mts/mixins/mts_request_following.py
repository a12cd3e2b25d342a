from datetime import timedelta

from odoo import fields, models

from odoo.addons.g2p_registry_base.isolation import AnotherWasQuicker
from odoo.addons.mts_connector.wire.errors import ForgottenError, MTSError, TemporaryError
from odoo.addons.queue_job.exception import RetryableJobError

from ..flow.intake import Intake
from ..flow.parameters import read_number
from ..meaning.answers import read_answers
from ..meaning.pauses import OVERDUE
from ..meaning.states import OPEN

_OVERDUE_PARAMETER = "g2p_mts.overdue_seconds"


class MTSRequestFollowingMixin(models.AbstractModel):
    """Asks the MTS how far a request is, and takes in what is there."""

    _name = "g2p.mts.request.following.mixin"
    _description = "Following an MTS Request"

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
        else:
            self._wait_for_rest()

    def _wait_for_rest(self):
        """The MTS is done: miss the answers that are open only if none has come for some time.

        They may be on their way, or here and not taken in yet, however often somebody asks.
        """
        pause = read_number(self.env, _OVERDUE_PARAMETER, OVERDUE)
        now = fields.Datetime.now()
        if self._are_answers_coming():
            # sudo: the ledger is written by the connector alone.
            self.sudo().write({"quiet_since": now, "open_when_quiet": self.open_count})
        elif now >= self.quiet_since + timedelta(seconds=pause):
            self._lose(self.env._("The MTS is done, but not all answers have arrived."))
            return
        self._look_again("", pause)

    def _are_answers_coming(self):
        """Whether answers wait, or have come since the MTS was seen to be done."""
        if not self.quiet_since or self.open_when_quiet != self.open_count:
            return True
        # sudo: answers are closed to everybody but the work itself.
        answers = self.env["g2p.mts.answer"].sudo()
        waiting = [("connector_id", "=", self.connector_id.id), ("state", "=", "waiting")]
        return bool(answers.search_count(waiting, limit=1))

    def _fetch(self, seeder):
        records = seeder.records(self.identifier)
        # Right after `processed` the file may be cut at the end of a record.
        if len(records) < self.open_count:
            raise TemporaryError(self.env._("The file of the MTS is not complete yet."))
        Intake(self.connector_id, read_answers(records)).run()
        if self.state == "sent":
            self._lose(self.env._("The file of the MTS lacks some of the people."))

    def _look_again(self, trouble, pause=None):
        deadline = self.sent_at + timedelta(hours=self.connector_id.g2p_deadline_hours)
        if fields.Datetime.now() > deadline:
            self._lose(self.env._("No answer within the time set on the connector."))
            return
        # sudo: the ledger is written by the connector alone.
        self.sudo().write({"looks": self.looks + 1, "trouble": trouble or False})
        self._delay_later("_look_after", pause or self._pause())

    def _lose(self, trouble):
        """Give up waiting: whoever is open is sent again with another request."""
        # sudo: the ledger is written by the connector alone.
        request = self.sudo()
        request.line_ids.filtered(lambda line: line.state in OPEN)._lose()
        request._close("lost", trouble)
        self.connector_id._note_loss()
