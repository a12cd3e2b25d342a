from datetime import timedelta

from odoo import api, fields, models


class SocialRegistryImportDecision(models.Model):
    """What a person decided about a record in conflict; followed in every later run."""

    _name = "g2p.social.registry.import.decision"
    _description = "Decision About a Conflict"
    _order = "create_date desc, id desc"
    _rec_name = "record_label"

    fetch_social_registry_id = fields.Many2one(
        "g2p.fetch.social.registry.beneficiary",
        "Import",
        required=True,
        ondelete="cascade",
        readonly=True,
    )
    company_id = fields.Many2one(related="fetch_social_registry_id.company_id")
    subject = fields.Char(
        required=True,
        readonly=True,
        groups=fields.NO_ACCESS,
        help="Hash of the record's identifiers.",
    )
    record_label = fields.Char("Identifiers", readonly=True)
    decision = fields.Selection(
        [
            ("registrant", "It is this registrant"),
            ("create", "Create a new registrant"),
            ("ignore", "Ignore the record"),
        ],
        required=True,
        readonly=True,
    )
    registrant_id = fields.Many2one("res.partner", readonly=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", "Decided By", readonly=True, ondelete="set null")

    _subject_unique = models.UniqueIndex(
        "(fetch_social_registry_id, subject)", "This record has been decided about already."
    )
    _registrant_named = models.Constraint(
        "CHECK (decision <> 'registrant' OR registrant_id IS NOT NULL)",
        "Say which registrant is meant.",
    )

    @api.depends("record_label", "decision")
    def _compute_display_name(self):
        labels = dict(self._fields["decision"]._description_selection(self.env))
        for one in self:
            one.display_name = one.record_label or labels.get(one.decision)

    @api.autovacuum
    def _gc_labels(self):
        """By then nobody asks any more whom it was about; a hash is enough to follow it."""
        if days := self.env["g2p.social.registry.import.run"]._label_days():
            limit = fields.Datetime.now() - timedelta(days=days)
            shown = [("record_label", "!=", False), ("create_date", "<", limit)]
            self.search(shown).record_label = False

    def action_withdraw(self):
        """Take decisions back: the next run shows the conflicts again.

        It fetches everybody, for the records they are about may be neither new nor changed.

        :raises AccessError: the caller is no import operator
        :raises UserError: a run is under way, which may have passed these records
        """
        self.check_access("read")
        self.env["g2p.social.registry.import.run"]._check_operator()
        # sudo: decisions are written through here and the issues only; the role was checked.
        decisions = self.sudo()
        importers = decisions.fetch_social_registry_id
        importers._refuse_under_way()
        decisions.unlink()
        words = self.env._("A decision was withdrawn. The next run fetches everybody.")
        for importer in importers:
            importer._forget_cursor(words)

    def _decide(self, issue, decision, registrant):
        """Store a decision about the record of an issue, in place of an earlier one."""
        # sudo: see above; the subject is closed to everybody.
        issue = issue.sudo()
        domain = [
            ("fetch_social_registry_id", "=", issue.run_id.fetch_social_registry_id.id),
            ("subject", "=", issue.subject),
        ]
        self.sudo().search(domain).unlink()
        return self.sudo().create(
            {
                "fetch_social_registry_id": issue.run_id.fetch_social_registry_id.id,
                "subject": issue.subject,
                "record_label": issue.record_label,
                "decision": decision,
                "registrant_id": registrant.id,
                "user_id": self.env.uid,
            }
        )
