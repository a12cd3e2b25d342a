from datetime import timedelta

from odoo import fields, models

from odoo.addons.g2p_registry_base.isolation import AnotherWasQuicker
from odoo.addons.mts_connector.wire.errors import ForgottenError, MTSError, TemporaryError
from odoo.addons.queue_job.exception import RetryableJobError

from ..flow.intake import Intake
from ..meaning.answers import read_answers

#: States of lines without an answer, and of requests that are not over.
OPEN = ("queued", "sent")
#: Seconds until a request whose answers are to be fetched is looked after.
FIRST_LOOK = 5


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
