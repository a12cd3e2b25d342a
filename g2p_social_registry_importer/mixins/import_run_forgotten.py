from datetime import timedelta

from odoo import api, fields, models

from .import_run_lifecycle import ACTIVE


class SocialRegistryImportRunForgotten(models.AbstractModel):
    """A run that was paused and forgotten must not keep what it staged for ever."""

    _name = "g2p.social.registry.import.run.forgotten"
    _description = "Forgotten Import Runs"

    @api.autovacuum
    def _gc_forgotten(self):
        """Give up runs in which nothing happens for as long as staged records are kept."""
        # Odoo calls this on the mixin as well, which has no rows.
        runs = self.env["g2p.social.registry.import.run"]
        days = max(1, runs._payload_days())
        limit = fields.Datetime.now() - timedelta(days=days)
        for run in runs.search([("state", "in", ACTIVE), ("write_date", "<", limit)]):
            since = run._last_happened()
            if since < limit and run.try_lock_for_update():
                run._give_up(since, days)

    def _last_happened(self):
        """When the run or one of its pages was written last: paused, fetched, imported."""
        pages = self.env["g2p.social.registry.import.page"]
        ((latest,),) = pages._read_group([("run_id", "=", self.id)], [], ["write_date:max"])
        return max(filter(None, (self.write_date, latest)))

    def _give_up(self, since, days):
        """Cancel the run; what it holds expires as if it had ended then.

        :param since: when something happened in it last
        """
        # The owner is told in other words than of a run that somebody cancelled.
        self.write({"kept_since": self.kept_since or since, "told_state": "cancelled"})
        self._cancel()
        self.fetch_social_registry_id._tell_owner(
            self.env._("A run was given up"),
            self.env._(
                "%(run)s: nothing had happened in it for %(days)s days. What it had fetched, but "
                "not imported, is removed; what was imported stays. Fetch again to get the rest.",
                run=self.display_name,
                days=days,
            ),
        )
