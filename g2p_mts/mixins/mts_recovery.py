from odoo import models


class MTSRecoveryMixin(models.AbstractModel):
    """Goes on where no job does: one has ended in an error, or was deleted from the queue."""

    _name = "g2p.mts.recovery.mixin"
    _description = "Recovery of Requests Without a Job"

    def _is_round_lost(self):
        if self.input_type != "custom":
            return super()._is_round_lost()
        if self.job_status != "running" or self._living_jobs():
            return False
        requests = self._open_requests()
        return not requests or bool(requests._without_job())

    def _work_custom(self):
        self._open_requests()._take_up()
        return super()._work_custom()
