from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..mixins.import_run_lifecycle import ACTIVE

KINDS = [
    ("staged", "Staged records"),
    ("before_image", "Registrants as they were before a run"),
    ("issue_label", "Identifiers in issues"),
    ("decision_label", "Identifiers in decisions"),
    ("link", "Links of registrants with the import"),
    ("not_seen", "Links of registrants no longer at the source"),
]
#: Kind → model, and the condition under which a row holds data.
_WHERE = {
    "staged": ("g2p.social.registry.import.page", Domain("payload", "!=", False)),
    "before_image": ("g2p.social.registry.import.before.image", Domain.TRUE),
    "issue_label": ("g2p.social.registry.import.issue", Domain("record_label", "!=", False)),
    "decision_label": ("g2p.social.registry.import.decision", Domain("record_label", "!=", False)),
    "link": ("g2p.social.registry.imported.registrants", Domain.TRUE),
    "not_seen": (
        "g2p.social.registry.imported.registrants",
        Domain("not_seen_since", "!=", False),
    ),
}
_OF_RUNS = ("staged", "before_image", "issue_label")
_ENDED = Domain("run_id.state", "not in", ACTIVE) & Domain("run_id.undo_state", "!=", "running")


class HeldData(models.Model):
    """What an import holds of people beside the registrants themselves: one row for each kind."""

    _name = "g2p.social.registry.held.data"
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
        "g2p.social.registry.import.run": ["fetch_social_registry_id", "ended_at"],
        "g2p.social.registry.import.page": ["run_id", "payload", "fetched_at"],
        "g2p.social.registry.import.before.image": ["run_id", "create_date"],
        "g2p.social.registry.import.issue": ["run_id", "record_label", "create_date"],
        "g2p.social.registry.import.decision": ["fetch_social_registry_id", "record_label"],
        "g2p.social.registry.imported.registrants": ["fetch_social_registry_id", "not_seen_since"],
    }

    @property
    def _table_query(self):
        days = self._days()
        parts = [
            self._of_runs(0, "staged", SQL("r.fetched_at"), SQL("r.payload IS NOT NULL"), days),
            self._of_runs(1, "before_image", SQL("r.create_date"), SQL("TRUE"), days),
            self._of_runs(
                2, "issue_label", SQL("r.create_date"), SQL("r.record_label IS NOT NULL"), days
            ),
            self._of_imports(
                3, "decision_label", SQL("r.create_date"), SQL("r.record_label IS NOT NULL")
            ),
            self._of_imports(4, "link", SQL("r.create_date"), SQL("TRUE")),
            self._of_imports(
                5, "not_seen", SQL("r.not_seen_since"), SQL("r.not_seen_since IS NOT NULL")
            ),
        ]
        return SQL(" UNION ALL ").join(parts)

    @api.model
    def _days(self):
        """Kind → days after the end of a run until its rows are removed; None: they are not."""
        runs = self.env["g2p.social.registry.import.run"]
        return {
            "staged": runs._payload_days(),
            "before_image": runs._undo_days(),
            "issue_label": runs._label_days() or None,
        }

    def _of_runs(self, number, kind, since, condition, days):
        ended = SQL("min(run.ended_at) + %s * interval '1 day'", days[kind])
        expires = SQL("NULL::timestamp") if days[kind] is None else ended
        return SQL(
            """SELECT i.id * 10 + %s AS id, i.id AS import_id, i.company_id AS company_id,
                      %s AS kind, count(*) AS number, min(%s) AS oldest, %s AS expires_at
                 FROM %s r
                 JOIN g2p_social_registry_import_run run ON run.id = r.run_id
                 JOIN g2p_fetch_social_registry_beneficiary i
                   ON i.id = run.fetch_social_registry_id
                WHERE %s GROUP BY i.id""",
            number,
            kind,
            since,
            expires,
            self._rows_of(kind),
            condition,
        )

    def _of_imports(self, number, kind, since, condition):
        return SQL(
            """SELECT i.id * 10 + %s AS id, i.id AS import_id, i.company_id AS company_id,
                      %s AS kind, count(*) AS number, min(%s) AS oldest,
                      NULL::timestamp AS expires_at
                 FROM %s r
                 JOIN g2p_fetch_social_registry_beneficiary i
                   ON i.id = r.fetch_social_registry_id
                WHERE %s GROUP BY i.id""",
            number,
            kind,
            since,
            self._rows_of(kind),
            condition,
        )

    def _rows_of(self, kind):
        return SQL.identifier(self.env[_WHERE[kind][0]]._table)

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
            "decision_label": self.env._("To tell decisions apart."),
            "link": self.env._("To recognise people and skip what has not changed."),
            "not_seen": self.env._("To ask the registry where they have gone."),
        }[self.kind]
        if days.get(self.kind) is not None:
            until = self.env._("Removed %s days after the run.", days[self.kind])
        else:
            until = self.env._("Kept until somebody purges it.")
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
        model, _condition = _WHERE[self.kind]
        return {
            "type": "ir.actions.act_window",
            "name": dict(KINDS)[self.kind],
            "res_model": model,
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", self._held().ids)],
        }

    def action_purge(self):
        """Button "Purge": remove these data for good, and note who did.

        Of runs under way nothing is removed. Registrants stay as they are.

        :raises AccessError: the caller is no data-protection officer
        :raises UserError: the import still needs them, or there is nothing to remove
        """
        if not self.env.user.has_group("g2p_social_registry_importer.group_import_officer"):
            raise AccessError(self.env._("Only data-protection officers may do this."))
        self.check_access("read")
        for held in self:
            held._purge()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _purge(self):
        if not self.can_be_purged:
            raise UserError(
                self.env._(
                    "The import “%s” needs these links: without them the next run takes people "
                    "without identifier for new ones. Archive the import first.",
                    self.import_id.display_name,
                )
            )
        rows = self._held(to_purge=True)
        if not rows:
            raise UserError(self.env._("Nothing can be removed while a run is under way."))
        self._note_purge(len(rows))
        self._remove(rows)
        self.env.flush_all()
        self.invalidate_model()

    def _held(self, to_purge=False):
        """The rows of this kind; only those of ended runs when they are to go."""
        model, condition = _WHERE[self.kind]
        importer = (
            "run_id.fetch_social_registry_id"
            if self.kind in _OF_RUNS
            else ("fetch_social_registry_id")
        )
        domain = condition & Domain(importer, "=", self.import_id.id)
        if to_purge and self.kind in _OF_RUNS:
            domain &= _ENDED
        # sudo: officers see the import, and may purge; what is written is fixed here.
        return self.env[model].sudo().search(domain)

    def _remove(self, rows):
        if self.kind == "staged":
            rows.write({"payload": False, "refusals": False})
        elif self.kind in ("issue_label", "decision_label"):
            rows.record_label = False
        else:
            rows.unlink()

    def _note_purge(self, number):
        # sudo: nobody has the right to write what is noted.
        self.env["g2p.social.registry.purge"].sudo().create(
            {
                "kind": self.kind,
                "number": number,
                "oldest": self.oldest,
                "import_id": self.import_id.id,
                "import_name": self.import_id.display_name,
                "company_id": self.company_id.id,
            }
        )
