from odoo import models
from odoo.exceptions import AccessError

from odoo.addons.mts_connector.mixins.connector_work import LIVING

from ..meaning.states import OPEN


class MTSRequest(models.Model):
    """What an operator can do for a request, and sees when one of its jobs ended in an error."""

    _inherit = "g2p.mts.request"

    def _on_job_failed(self, exc_name, exc_message, exc_info):
        """Hook of the queue: a job of this request ended in an exception nobody foresaw.

        Nothing of what the job did is kept, so it can be begun anew. Only the name of the
        exception is told: its text may quote a record.
        """
        words = self.env._(
            "Internal error (%s); see the job queue, and try again once it is mended.", exc_name
        )
        # sudo: the ledger is written by the connector alone.
        for request in self.sudo().exists().filtered(lambda request: request.state in OPEN):
            request.trouble = words
            request._tell_connector(words)

    def _tell_connector(self, words):
        told = self.env._("%(request)s: %(words)s", request=self.display_name, words=words)
        # Nothing happens by itself any more, so there is no pause.
        self.connector_id.write({"trouble": told, "paused_until": False})

    def _take_up(self):
        """Queue the next job of those of these requests that have none."""
        for request in self._without_job():
            request._delay_later(request._next_step(), 0)

    def _without_job(self):
        """Those of these requests that no job carries on."""
        keys = [request._job_key(request._next_step()) for request in self]
        # sudo: operators do not manage the queue; only jobs of these requests are looked at.
        jobs = self.env["queue.job"].sudo()
        jobs = jobs.search([("identity_key", "in", keys), ("state", "in", LIVING)])
        living = set(jobs.mapped("identity_key"))
        return self.filtered(lambda one: one._job_key(one._next_step()) not in living)

    def _next_step(self):
        return "_send" if self.state == "queued" else "_look_after"

    def action_send_now(self):
        """Button "Send Now": send what waits to be sent, without waiting for the next time.

        :raises AccessError: the caller is no MTS operator
        """
        for request in self._for_operator("queued"):
            request._cancel_job("_send")
            request._delay_send()

    def action_look_now(self):
        """Button "Ask Now": ask the MTS how far it is, without waiting for the next time.

        :raises AccessError: the caller is no MTS operator
        """
        for request in self._for_operator("sent"):
            request._cancel_job("_look_after")
            request._delay_later("_look_after", 0)

    def _cancel_job(self, method):
        # sudo: operators do not manage the queue; only the waiting job of this request is touched.
        jobs = self.env["queue.job"].sudo()
        waiting = [("identity_key", "=", self._job_key(method)), ("state", "=", "pending")]
        jobs.search(waiting).button_cancelled()

    def _for_operator(self, state):
        """Those of these requests that are in this state, with all rights.

        :raises AccessError: the caller is no MTS operator
        """
        if not self.env.user.has_group("mts_connector.group_mts_operator"):
            raise AccessError(self.env._("Only MTS operators may do this."))
        self.check_access("read")
        # sudo: a request is the connector's work, for all its people, whoever has it go on.
        return self.sudo().filtered(lambda request: request.state == state)
