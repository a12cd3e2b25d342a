from datetime import timedelta

from odoo import api, fields, models

_EXPIRED_AT_ONCE = 1000


class ImportRunRetention(models.AbstractModel):
    """For how many days after its end a run keeps data of people."""

    _name = "g2p.social.registry.import.run.retention"
    _description = "Retention of an Import Run"

    @api.model
    def _payload_days(self):
        """For how long staged records are kept; 0: until the next clean-up."""
        return self._retention_days("staged_payload_days", "7")

    @api.model
    def _label_days(self):
        """For how long issues show identifiers; 0: always."""
        return self._retention_days("issue_label_days", "90")

    @api.model
    def _retention_days(self, name, default):
        # sudo: one setting is read that is no secret.
        parameters = self.env["ir.config_parameter"].sudo()
        return int(parameters.get_param(f"g2p_import_social_registry.{name}", default))

    @api.autovacuum
    def _gc_labels(self):
        """By then an issue is dealt with; that it was, and why, stays."""
        days = self._label_days()
        if not days:
            return 0, 0
        limit = fields.Datetime.now() - timedelta(days=days)
        issues = self.env["g2p.social.registry.import.issue"].search(
            [("run_id.ended_at", "<", limit), ("record_label", "!=", False)],
            limit=_EXPIRED_AT_ONCE,
        )
        issues.record_label = False
        return len(issues), int(len(issues) == _EXPIRED_AT_ONCE)
