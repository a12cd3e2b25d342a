from odoo import fields, models
from odoo.exceptions import LockError

from odoo.addons.mts_connector.wire.errors import MTSError, TemporaryError
from odoo.addons.queue_job.exception import RetryableJobError

from ..flow.records import Records
from ..meaning.pauses import FIRST_LOOK


class MTSRequestSendingMixin(models.AbstractModel):
    """Hands a request over to the MTS."""

    _name = "g2p.mts.request.sending.mixin"
    _description = "Sending an MTS Request"

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
        # It may have been changed since these people were chosen.
        if self.connector_id._stops_unapproved():
            return
        records = Records(self).build()
        if not records:
            # The MTS may have had them after all, and answered; if all were left out, nobody was.
            self._close("answered" if self.answered_count + self.refused_count else "cancelled")
            return
        try:
            with self.connector_id._token_seeder() as seeder:
                receipt = seeder.submit(self.connector_id._people_submission(self), records)
        except TemporaryError as error:
            self._put_off(error)
        except MTSError as error:
            self._fail(error)
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

    def _note_sent(self, receipt):
        # sudo: the ledger is written by the connector alone.
        request = self.sudo()
        request.write(
            {
                "identifier": receipt.identifier,
                "state": "sent",
                "sent_at": fields.Datetime.now(),
                "delivery_type": self.connector_id.delivery_type,
                "looks": 0,
                "failures": 0,
                "trouble": False,
            }
        )
        request._note_left()
        request._waiting_lines().state = "sent"
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
            return FIRST_LOOK
        return self.connector_id.g2p_answer_minutes * 60
