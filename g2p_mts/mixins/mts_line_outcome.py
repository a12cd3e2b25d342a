from datetime import timedelta

from odoo import fields, models

from ..meaning import catalogue

#: Minutes until somebody is sent again after an error that may pass: doubled each time.
_FIRST_PAUSE = 5


class MTSLineOutcomeMixin(models.AbstractModel):
    """What an answer, or that there is none, does to a person in a request."""

    _name = "g2p.mts.line.outcome.mixin"
    _description = "Outcome for a Person in an MTS Request"

    def _refuse(self, code):
        """The MTS refused these people, or would."""
        meaning = catalogue.meaning_of(code)
        now = fields.Datetime.now()
        for line in self:
            again = meaning.is_retryable and line._may_try_again()
            pause = timedelta(minutes=_FIRST_PAUSE * 2 ** (line.attempt - 1))
            line.write(
                {
                    "state": "refused",
                    "error_code": code,
                    "is_retryable": again,
                    "retry_at": again and now + pause,
                    "closed_at": now,
                }
            )

    def _lose(self):
        """No answer will come for these people."""
        now = fields.Datetime.now()
        for line in self:
            again = line._may_try_again()
            line.write(
                {
                    "state": "lost",
                    "error_code": catalogue.NO_ANSWER,
                    "is_retryable": again,
                    "retry_at": again and now,
                    "closed_at": now,
                }
            )

    def _leave_out(self):
        """These people are not meant any more, and are not sent.

        Should they be meant again, nothing holds them back.
        """
        self.write(
            {
                "state": "left_out",
                "error_code": catalogue.NOT_MEANT,
                "is_superseded": True,
                "closed_at": fields.Datetime.now(),
            }
        )

    def _give_back(self):
        """The MTS took nobody of the batch: these people are sent again once that is mended."""
        now = fields.Datetime.now()
        self.write(
            {
                "state": "refused",
                "error_code": catalogue.NOT_TAKEN,
                "is_retryable": True,
                "retry_at": now,
                "closed_at": now,
            }
        )

    def _call_off(self):
        """Do not try these people again, as they are not meant any more.

        What the MTS said of them stays. Should they be meant again, nothing holds them back.
        """
        self.write({"is_retryable": False, "retry_at": False, "is_superseded": True})

    def _may_try_again(self):
        return self.attempt < self.connector_id.g2p_most_attempts

    def _answer(self, token):
        """The token is on the person."""
        self.write(
            {
                "state": "answered",
                "token_id": token.id,
                "error_code": False,
                "is_retryable": False,
                "retry_at": False,
                "offered_token": False,
                "closed_at": fields.Datetime.now(),
            }
        )
