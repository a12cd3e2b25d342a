from datetime import timedelta

from odoo import api, fields, models

from ..flow.vid_figures import VidFigures
from ..flow.vid_rule import read_rule
from ..flow.vid_schedule import Schedule
from .mts_approval import OFFICERS


class VidPromiseMixin(models.AbstractModel):
    """Tells the officers when VIDs stay longer than was promised, once, until it is well again."""

    _name = "g2p.mts.vid.promise.mixin"
    _description = "Promise About VIDs"

    @api.model
    def _cron_watch_promise(self):
        """Cron: one activity for each officer while the promise is broken; none any more after."""
        if alert := self._promise_alert():
            self._alert_officers(alert)
        else:
            self._promise_alerts().unlink()

    def _promise_alert(self):
        """What there is to tell, as values of an activity; numbers and no personal data.

        A rule that should be followed and cannot be breaks the promise for everybody.
        """
        rule = read_rule(self.env)
        if problems := rule.problems(self.env):
            summary = self.env._("No VIDs are deleted: the rule cannot be followed")
            return Schedule(self.env).is_on and {"summary": summary, "note": " ".join(problems)}
        promise = VidFigures(self.env, rule).promise()
        summary = self.env._("VIDs stay longer than promised")
        return promise.is_broken and {"summary": summary, "note": promise.in_words(self.env)}

    def _alert_officers(self, alert):
        """Tell those who have not been told today; who still has an alert sees how it stands now.

        :param alert: values of an activity
        """
        officers = self.env.ref(OFFICERS).all_user_ids.filtered("active")
        yesterday = fields.Datetime.now() - timedelta(days=1)
        told = self._promise_alerts(with_done=True).filtered(
            lambda alert: alert.active or alert.create_date > yesterday
        )
        told.filtered("active").write(alert)
        kind = self.env.ref("g2p_mts.activity_vid_promise").id
        self.env["mail.activity"].create(
            [
                {**alert, "activity_type_id": kind, "user_id": officer.id}
                for officer in officers - told.user_id
            ]
        )

    def _promise_alerts(self, with_done=False):
        kind = self.env.ref("g2p_mts.activity_vid_promise")
        activities = self.env["mail.activity"].with_context(active_test=not with_done)
        return activities.search([("activity_type_id", "=", kind.id)])
