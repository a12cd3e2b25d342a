from odoo import api, fields, models

from ..mixins.import_counts import ALL_COUNTS
from ..mixins.import_run_lifecycle import ACTIVE
from ..wire.query import RegistryQuery


class SocialRegistryImportRun(models.Model):
    """One run of an import: who started it, what came in, and how it ended."""

    _name = "g2p.social.registry.import.run"
    _inherit = [
        "g2p.social.registry.import.counts",
        "g2p.social.registry.import.opening",
        "g2p.social.registry.import.run.closing",
        "g2p.social.registry.import.run.doubt",
        "g2p.social.registry.import.run.forgotten",
        "g2p.social.registry.import.run.lifecycle",
        "g2p.social.registry.import.run.paging",
        "g2p.social.registry.import.run.preparation",
        "g2p.social.registry.import.run.retention",
        "g2p.social.registry.import.run.undo",
    ]
    _description = "Import Run"
    _order = "id desc"
    _opened_by = "run_id"

    fetch_social_registry_id = fields.Many2one(
        "g2p.fetch.social.registry.beneficiary",
        "Import",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    company_id = fields.Many2one(related="fetch_social_registry_id.company_id", store=True)
    data_source_id = fields.Many2one(
        "spp.data.source", required=True, ondelete="restrict", readonly=True
    )
    user_id = fields.Many2one("res.users", "Started By", readonly=True, ondelete="restrict")
    state = fields.Selection(
        [
            ("fetching", "Fetching"),
            ("importing", "Importing"),
            ("done", "Done"),
            ("incomplete", "Incomplete"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="fetching",
        readonly=True,
        index=True,
    )
    trigger = fields.Selection(
        [("manual", "By hand"), ("schedule", "By schedule")],
        "How It Started",
        required=True,
        default="manual",
        readonly=True,
    )
    state_text = fields.Text("Result", compute="_compute_state_text")
    started_at = fields.Datetime("Started", default=fields.Datetime.now, readonly=True)
    ended_at = fields.Datetime("Ended", readonly=True)
    duration = fields.Float("Seconds", compute="_compute_duration")
    query = fields.Text(required=True, readonly=True, help="The query as it was then.")
    is_group = fields.Boolean("Households", readonly=True)
    page_size = fields.Integer("Rows per Page", readonly=True)
    enrolment_state = fields.Char("Enrolled As", readonly=True, copy=False)
    created_since = fields.Datetime(
        readonly=True, help="Only registrants created at the source later (UTC); empty: all."
    )
    cursor_before = fields.Datetime(readonly=True)
    cursor_after = fields.Datetime(
        readonly=True, help="“Last synced on” of the import, if this run ends as done."
    )
    unknown_fields = fields.Char(
        readonly=True, help="Asked for in the query, but there is no such field here."
    )
    error = fields.Text(readonly=True)
    is_cut_short = fields.Boolean(
        readonly=True,
        copy=False,
        help="The importer stopped fetching before the last row, though nothing was refused.",
    )
    page_ids = fields.One2many("g2p.social.registry.import.page", "run_id", "Pages")
    issue_ids = fields.One2many("g2p.social.registry.import.issue", "run_id", "Issues")
    page_count = fields.Integer("Pages Fetched", compute="_compute_counts")
    imported_page_count = fields.Integer("Pages Imported", compute="_compute_counts")
    progress = fields.Float(compute="_compute_counts", help="Share of the fetched pages, in %.")
    issue_count = fields.Integer("Number of Issues", compute="_compute_issue_count")
    received_count = fields.Integer(compute="_compute_counts")
    created_count = fields.Integer(compute="_compute_counts")
    updated_count = fields.Integer(compute="_compute_counts")
    unchanged_count = fields.Integer(compute="_compute_counts")
    skipped_count = fields.Integer(compute="_compute_counts")
    conflict_count = fields.Integer(compute="_compute_counts")
    failed_count = fields.Integer(compute="_compute_counts")
    member_created_count = fields.Integer(compute="_compute_counts")
    member_updated_count = fields.Integer(compute="_compute_counts")
    member_unchanged_count = fields.Integer(compute="_compute_counts")
    member_ended_count = fields.Integer(compute="_compute_counts")
    gone_id_count = fields.Integer(compute="_compute_counts")

    _one_active_run = models.UniqueIndex(
        "(fetch_social_registry_id) "
        "WHERE state IN ('fetching', 'importing') OR undo_state = 'running'",
        "A run of this import is under way already, or being undone.",
    )

    # -- what a run shows ------------------------------------------------------------------------

    @api.depends("fetch_social_registry_id.name", "started_at")
    def _compute_display_name(self):
        for run in self:
            started = fields.Datetime.context_timestamp(run, run.started_at or run.create_date)
            run.display_name = f"{run.fetch_social_registry_id.name}, {started:%Y-%m-%d %H:%M}"

    @api.depends("started_at", "ended_at")
    def _compute_duration(self):
        for run in self:
            end = run.ended_at or fields.Datetime.now()
            run.duration = (end - (run.started_at or end)).total_seconds()

    @api.depends("page_ids.state", *(f"page_ids.{name}" for name in ALL_COUNTS))
    def _compute_counts(self):
        """Sums over the pages, so that workers never fight over one row of counters."""
        aggregates = [f"{name}:sum" for name in ALL_COUNTS]
        totals = {run.id: dict.fromkeys((*ALL_COUNTS, "fetched", "imported"), 0) for run in self}
        pages = self.env["g2p.social.registry.import.page"]
        grouped = pages._read_group(
            [("run_id", "in", self.ids)], ["run_id", "state"], ["__count", *aggregates]
        )
        for run, state, count, *sums in grouped:
            _add_group(totals[run.id], state, count, dict(zip(ALL_COUNTS, sums, strict=True)))
        for run in self:
            run.update(_shown(totals[run.id]))

    @api.depends("issue_ids")
    def _compute_issue_count(self):
        issues = self.env["g2p.social.registry.import.issue"]
        counts = dict(issues._read_group([("run_id", "in", self.ids)], ["run_id"], ["__count"]))
        for run in self:
            run.issue_count = counts.get(run, 0)

    @api.depends(
        *("state", "error", "doubt", "is_paused", "gone_id_count", "skipped_count", "issue_count")
    )
    def _compute_state_text(self):
        for run in self:
            words = (run.error or run._state_words(), run._gone_words())
            run.state_text = "\n".join(filter(None, words))

    def _gone_words(self):
        """What was left out on purpose, if anything was."""
        if not self.gone_id_count:
            return ""
        return self.env._(
            "%(number)s IDs were left out, as they were deleted here for good; the people are in.",
            number=self.gone_id_count,
        )

    def _state_label(self):
        return dict(self._fields["state"]._description_selection(self.env))[self.state]

    def _state_words(self):
        if self.is_paused:
            return self.env._("The run is paused.")
        if self.state in ACTIVE and (trouble := self._trouble_words()):
            return trouble
        return {
            "fetching": self.env._("Rows are being fetched and imported."),
            "importing": self.env._("Everything is fetched; the last pages are being imported."),
            "done": self._done_words(),
            "incomplete": self._incomplete_words(),
            "failed": self.env._("The run could not go on."),
            "cancelled": self.env._("The run was cancelled. What was imported before stays."),
        }[self.state]

    def _incomplete_words(self):
        if self.doubt:
            return self.doubt
        if self._is_in_but_not_enrolled():
            return self.env._(
                "Every record is in, but not everybody is enrolled: the issues say why. Mend "
                "that, then retry; nothing is fetched again for it."
            )
        return self.env._("Some records are not in. See the issues; then retry.")

    def _done_words(self):
        """A run that is done may have skipped people, or left out values: not in silence."""
        if self.skipped_count:
            return self.env._(
                "%(skipped)s of %(received)s records were skipped: they are not here. The issues "
                "say why, and what brings them in; when settings here are changed for it, the next "
                "run fetches everybody.",
                skipped=self.skipped_count,
                received=self.received_count,
            )
        if self.issue_count:
            return self.env._(
                "Every record is in, and the numbers add up. Issues to look at: %(number)s.",
                number=self.issue_count,
            )
        return self.env._("Every record is in, and the numbers add up.")

    def unlink(self):
        """Delete the runs, and the word of registrants that they brought them last.

        :raises AccessError: the caller may not
        """
        self.check_access("unlink")
        # sudo: the links are the import's own book-keeping; that the runs may go is checked.
        self.env["g2p.social.registry.imported.registrants"].sudo()._forget_runs(self)
        return super().unlink()

    # -- starting --------------------------------------------------------------------------------

    @api.model
    def _start(self, importer, trigger):
        """Create the run of an import and queue its first page.

        :param trigger: ``manual`` or ``schedule``

        :returns: the new run
        """
        query = RegistryQuery(importer.query)
        # sudo: runs and pages are written by the import alone, never by hand.
        run = self.sudo().create(self._prepare_vals(importer, query, trigger)).with_env(self.env)
        run._next_page(None)._delay()
        return run

    @api.model
    def _prepare_vals(self, importer, query, trigger):
        return {
            "trigger": trigger,
            "fetch_social_registry_id": importer.id,
            "data_source_id": importer.data_source_id.id,
            "user_id": self.env.uid,
            "query": importer.query,
            "is_group": importer.target_registry == "group",
            "page_size": importer.page_size,
            "enrolment_state": importer.enrolment_state,
            "cursor_before": importer.last_sync_date,
            "unknown_fields": ", ".join(importer._unknown_fields(query)) or False,
        }

    def _registry_query(self):
        return RegistryQuery(self.query)

    def _enrols_as(self):
        """The state this run gives to memberships; those of older versions gave one only."""
        return self.enrolment_state or "draft"

    def _is_active(self):
        return self.state in ACTIVE and not self.is_paused

    def action_open_issues(self):
        """The action that lists the issues of this run."""
        return self._open("g2p_social_registry_importer.import_issue_action_window")

    def action_open_pages(self):
        """The action that lists the pages of this run."""
        return self._open("g2p_social_registry_importer.import_page_action_window")


def _add_group(totals, state, count, sums):
    for name, value in sums.items():
        totals[name] += value or 0
    totals["imported"] += count if state == "imported" else 0
    totals["fetched"] += count if state in ("fetched", "imported") else 0


def _shown(totals):
    fetched, imported = totals.get("fetched", 0), totals.get("imported", 0)
    return {
        **{name: totals.get(name, 0) for name in ALL_COUNTS},
        "page_count": fetched,
        "imported_page_count": imported,
        "progress": 100.0 * imported / fetched if fetched else 0.0,
    }
