from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..flow.held_rows import HOLDS_ERROR, HOLDS_LABEL, HOLDS_RECORDS
from ..meaning.problems import QUOTED
from .import_run_lifecycle import ACTIVE

_EXPIRED_AT_ONCE = 1000


class ImportRunRetention(models.AbstractModel):
    """For how many days after its end a run keeps data of people."""

    _name = "g2p.social.registry.import.run.retention"
    _description = "Retention of an Import Run"

    kept_since = fields.Datetime(
        readonly=True,
        copy=False,
        help="From when on the days count after which data of people expire; empty: from its end.",
    )

    def _keep_since_first_end(self):
        """A run that goes on, or ends again, keeps nothing for longer than after its first end."""
        for run in self:
            run.kept_since = run.kept_since or run.ended_at

    @api.model
    def _ended_before(self, moment):
        """The condition on rows of runs whose data are to go that were kept since before then."""
        ended_once = Domain("run_id.kept_since", "=", False)
        ended_once &= Domain("run_id.ended_at", "<", moment)
        since = Domain("run_id.kept_since", "<", moment) | ended_once
        return Domain("run_id.state", "not in", ACTIVE) & since

    @api.model
    def _payload_days(self):
        """For how long staged records are kept; 0: until the next clean-up."""
        return self._retention_days("staged_payload_days", "7")

    @api.model
    def _label_days(self):
        """For how long issues show identifiers, and errors the registry's words; 0: always."""
        return self._retention_days("issue_label_days", "90")

    @api.model
    def _retention_days(self, name, default):
        # sudo: one setting is read that is no secret.
        parameters = self.env["ir.config_parameter"].sudo()
        return int(parameters.get_param(f"g2p_import_social_registry.{name}", default))

    # -- the daily clean-up ----------------------------------------------------------------------

    @api.autovacuum
    def _gc_payloads(self):
        """Staged records of runs that ended some days ago are personal data nobody needs."""
        pages = self._expired("page", HOLDS_RECORDS, self._payload_days())
        self._forget_records(pages)
        return self._progress(pages)

    @api.autovacuum
    def _gc_labels(self):
        """By then an issue is dealt with; that it was, and why in our words, stays."""
        days = self._label_days()
        issues = self._expired("issue", HOLDS_LABEL if days else Domain.FALSE, days)
        self._forget_labels(issues)
        return self._progress(issues)

    @api.autovacuum
    def _gc_errors(self):
        """Why a page failed is kept as long as issues are; that it failed stays."""
        days = self._label_days()
        pages = self._expired("page", HOLDS_ERROR if days else Domain.FALSE, days)
        self._forget_errors(pages)
        return self._progress(pages)

    @api.model
    def _expired(self, kind, holds, days):
        """So many of these rows as one go of the clean-up may take."""
        ended = self._ended_before(fields.Datetime.now() - timedelta(days=days))
        rows = self.env[f"g2p.social.registry.import.{kind}"]
        return rows.search(holds & ended, limit=_EXPIRED_AT_ONCE)

    @api.model
    def _progress(self, rows):
        return len(rows), int(len(rows) == _EXPIRED_AT_ONCE)

    # -- forgetting ------------------------------------------------------------------------------

    @api.model
    def _forget_records(self, pages):
        pages.write({"payload": False, "refusals": False})

    @api.model
    def _forget_errors(self, pages):
        pages.error = pages.run_id.error = False

    @api.model
    def _forget_labels(self, issues):
        issues.record_label = False
        issues.filtered(lambda issue: issue.code in QUOTED).reason = False
