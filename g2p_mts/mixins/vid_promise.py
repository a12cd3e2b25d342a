from datetime import timedelta

from odoo import api, fields, models

from ..flow.vid_figures import VidFigures
from ..flow.vid_rule import read_rule
from .mts_approval import OFFICERS


class VidPromiseMixin(models.AbstractModel):
    """Tells the officers when VIDs stay longer than was promised, once, until it is well again."""

    _name = "g2p.mts.vid.promise.mixin"
    _description = "Promise About VIDs"

    @api.model
    def _cron_watch_promise(self):
        """Cron: one activity for each officer while the promise is broken; none any more after."""
        rule = read_rule(self.env)
        promise = None if rule.problems(self.env) else VidFigures(self.env, rule).promise()
        if promise and promise.is_broken:
            self._alert_officers(promise.in_words(self.env))
        else:
            self._promise_alerts().unlink()

    def _alert_officers(self, words):
        """Tell those who have not been told today. The words hold numbers, and no personal data."""
        officers = self.env.ref(OFFICERS).all_user_ids.filtered("active")
        yesterday = fields.Datetime.now() - timedelta(days=1)
        told = self._promise_alerts(with_done=True).filtered(
            lambda alert: alert.active or alert.create_date > yesterday
        )
        self.env["mail.activity"].create(
            [
                {
                    "activity_type_id": self.env.ref("g2p_mts.activity_vid_promise").id,
                    "user_id": officer.id,
                    "summary": self.env._("VIDs stay longer than promised"),
                    "note": words,
                }
                for officer in officers - told.user_id
            ]
        )

    def _promise_alerts(self, with_done=False):
        kind = self.env.ref("g2p_mts.activity_vid_promise")
        activities = self.env["mail.activity"].with_context(active_test=not with_done)
        return activities.search([("activity_type_id", "=", kind.id)])
