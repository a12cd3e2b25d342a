from odoo import api, fields, models

from ..flow.held_rows import WHERE, held_rows

KINDS = [
    ("staged", "Staged records"),
    ("before_image", "Registrants as they were before a run"),
    ("issue_label", "Identifiers and the registry's words in issues"),
    ("error", "Why pages failed, maybe in the registry's words"),
    ("decision_label", "Identifiers in decisions"),
    ("link", "Links of registrants with the import"),
    ("not_seen", "Links of registrants no longer at the source"),
]


class HeldData(models.Model):
    """What an import holds of people beside the registrants themselves: one row for each kind."""

    _name = "g2p.social.registry.held.data"
    _inherit = "g2p.social.registry.held.data.purging"
    _description = "Data Held by an Import"
    _auto = False
    _order = "import_id, id"
    _rec_name = "kind"

    import_id = fields.Many2one("g2p.fetch.social.registry.beneficiary", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    kind = fields.Selection(KINDS, "What", readonly=True)
    number = fields.Integer("How Many", readonly=True)
    oldest = fields.Datetime(readonly=True)
    expires_at = fields.Datetime(
        "Next Expiry", readonly=True, help="When the oldest of them is removed; empty: it is not."
    )
    purpose = fields.Char("What For, and until When", compute="_compute_purpose")
    can_be_purged = fields.Boolean(compute="_compute_can_be_purged")

    _depends = {
        "g2p.fetch.social.registry.beneficiary": ["company_id"],
        "g2p.social.registry.import.run": [
            "fetch_social_registry_id",
            "ended_at",
            "kept_since",
        ],
        "g2p.social.registry.import.page": [
            "run_id",
            "payload",
            "refusals",
            "error",
            "fetched_at",
            "create_date",
        ],
        "g2p.social.registry.import.before.image": ["run_id", "create_date"],
        "g2p.social.registry.import.issue": [
            "run_id",
            "record_label",
            "code",
            "reason",
            "create_date",
        ],
        "g2p.social.registry.import.decision": ["fetch_social_registry_id", "record_label"],
        "g2p.social.registry.imported.registrants": ["fetch_social_registry_id", "not_seen_since"],
    }

    @property
    def _table_query(self):
        return held_rows(self.env, self._days())

    @api.model
    def _days(self):
        """Kind → days until its rows are removed; None: they are not.

        They count from the end of a run, of decisions from when they were made.
        """
        runs = self.env["g2p.social.registry.import.run"]
        return {
            "staged": runs._payload_days(),
            "before_image": runs._undo_days(),
            "issue_label": runs._label_days() or None,
            "error": runs._label_days() or None,
            "decision_label": runs._label_days() or None,
        }

    @api.depends("kind")
    def _compute_purpose(self):
        days = self._days()
        for held in self:
            held.purpose = held._purpose(days)

    def _purpose(self, days):
        after = {
            "staged": self.env._("To retry without asking the registry again."),
            "before_image": self.env._("To undo the run."),
            "issue_label": self.env._("To find the record at the source."),
            "error": self.env._("To mend what made them fail."),
            "decision_label": self.env._("To tell decisions apart."),
            "link": self.env._("To recognise people and skip what has not changed."),
            "not_seen": self.env._("To ask the registry where they have gone."),
        }[self.kind]
        if days.get(self.kind) is None:
            until = self.env._("Kept until somebody purges it.")
        elif self.kind == "decision_label":
            until = self.env._("Removed %s days after the decision.", days[self.kind])
        else:
            until = self.env._("Removed %s days after the run.", days[self.kind])
        return f"{after} {until}"

    @api.depends("kind", "import_id.active")
    def _compute_can_be_purged(self):
        for held in self:
            held.can_be_purged = held.kind != "link" or not held.import_id.active

    # -- what an officer does --------------------------------------------------------------------

    def action_look(self):
        """Button "Look": the rows themselves.

        :returns: the action that lists them
        """
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": dict(KINDS)[self.kind],
            "res_model": WHERE[self.kind].model,
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", self._held().ids)],
        }
