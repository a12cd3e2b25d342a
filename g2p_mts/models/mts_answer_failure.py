from odoo import models
from odoo.exceptions import AccessError


class MTSAnswer(models.Model):
    """What an operator sees, and can do, when an answer could not be taken in."""

    _inherit = "g2p.mts.answer"

    def _on_job_failed(self, exc_name, exc_message, exc_info):
        """Hook of the queue: taking this answer in ended in an exception nobody foresaw.

        Nobody of this answer has got a token by it. Only the name of the exception is told: its
        text may quote a record.
        """
        # sudo: answers are closed to everybody but this code.
        for answer in self.sudo().exists().filtered(lambda answer: answer.state == "waiting"):
            answer.reason = self.env._(
                "Internal error (%s); see the job queue, and take it in again once it is mended.",
                exc_name,
            )

    def action_take_in(self):
        """Button "Take In": try once more what could not be taken in.

        :raises AccessError: the caller is no MTS operator
        """
        if not self.env.user.has_group("mts_connector.group_mts_operator"):
            raise AccessError(self.env._("Only MTS operators may do this."))
        self.check_access("read")
        # sudo: taking in is the work of the connector, whoever has it begin.
        for answer in self.sudo().filtered(lambda answer: answer.state == "waiting"):
            answer._delay_take_in()
