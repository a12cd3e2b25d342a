from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.g2p_registry_base.isolation import AnotherWasQuicker
from odoo.addons.queue_job.exception import RetryableJobError

from ..flow.context import SILENT
from ..flow.outcome import IMPORTED, State
from ..flow.page_import import PageImport, PageResult
from ..mixins.import_counts import MEMBER_COUNTS, RECORD_COUNTS
from ..mixins.import_page_fetching import TRIES
from ..mixins.import_run_lifecycle import ACTIVE

#: Counts an import of staged records changes.
COUNTED = (*RECORD_COUNTS, *MEMBER_COUNTS, "gone_id_count")

#: How often a page starts over before a unique index that objects counts as a bad record. Two
#: workers may meet on page after page; the last try of the job is the one that has to decide.
_STARTS_OVER = 7
#: Seconds until then; what the other worker wrote is there already.
_PAUSE = 1


class SocialRegistryImportPage(models.Model):
    """One page of a run: fetched once, staged, then imported by a job of its own."""

    _name = "g2p.social.registry.import.page"
    _inherit = [
        "g2p.social.registry.import.counts",
        "g2p.social.registry.import.page.enrolling",
        "g2p.social.registry.import.page.fetching",
    ]
    _description = "Import Page"
    _order = "run_id desc, number"

    run_id = fields.Many2one(
        "g2p.social.registry.import.run", required=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="run_id.company_id")
    number = fields.Integer("Page", readonly=True, help="Counted from 1.")
    offset = fields.Integer(
        "Rows Before", readonly=True, help="How many records of the run came on earlier pages."
    )
    limit = fields.Integer("Rows Asked For", readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("fetched", "Fetched"),
            ("imported", "Imported"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
        ],
        default="waiting",
        required=True,
        readonly=True,
    )
    retry_only = fields.Json(
        readonly=True,
        help="Places of the records that are still to be imported; empty: the whole page.",
    )
    requeued = fields.Integer(
        readonly=True, copy=False, help="How often its job vanished and was queued again."
    )
    attempts = fields.Integer(readonly=True, help="How often the last job of the page was tried.")
    fetched_at = fields.Datetime("Fetched", readonly=True)
    imported_at = fields.Datetime("Imported", readonly=True)
    error = fields.Text(readonly=True)
    issue_ids = fields.One2many("g2p.social.registry.import.issue", "page_id", "Issues")
    payload = fields.Text(
        readonly=True,
        copy=False,
        # A run has thousands of pages: what looks at all of them must not load the records too.
        prefetch=False,
        groups=fields.NO_ACCESS,
        help="The records as they came, JSON; removed when they expire.",
    )
    refusals = fields.Json(
        readonly=True, help="Place on the page → why the registry could not send the record."
    )

    _number_unique = models.UniqueIndex("(run_id, number)", "A run has each page once.")

    @api.depends("number")
    def _compute_display_name(self):
        for page in self:
            page.display_name = self.env._("Page %s", page.number)

    # -- queueing --------------------------------------------------------------------------------

    def _delay(self, seconds=None):
        """Queue the job this page waits for.

        Importing goes first (a lower number is more urgent), so that fetching never runs far
        ahead and the staged pages stay few.

        :param seconds: not before so many have passed
        """
        self.ensure_one()
        waiting = self.state == "waiting"
        # A job is no thread to follow: what mail does for each new one takes longer than the rest.
        job = self.with_context(**SILENT).with_delay(
            priority=20 if waiting else 10,
            eta=seconds,
            max_retries=TRIES,
            identity_key=self._job_key(),
            description=self._job_words().format(page=self.number, run=self.run_id.id),
        )
        job._fetch() if waiting else job._import()

    def _job_key(self):
        step = "fetch" if self.state == "waiting" else "import"
        return f"g2p-social-registry-{step}-page-{self.id}"

    def _job_words(self):
        if self.state == "waiting":
            return "Fetch page {page} of import run {run}"
        return "Import page {page} of import run {run}"

    def _as_starter(self):
        """The page as the user sees it who started the run, whoever queues its job now."""
        run = self.run_id
        companies = {"allowed_company_ids": run.company_id.ids}
        return self.with_user(run.user_id).with_context(**companies)

    # -- importing -------------------------------------------------------------------------------

    def _import(self):
        """Job: bring the staged records in; what could not go in becomes an issue.

        :raises RetryableJobError: another worker was quicker with the same registrant
        """
        self.ensure_one()
        if self.state != "fetched" or not self.run_id._is_active():
            return
        self._import_staged(self._attempt())
        if self.state == "imported":
            self.run_id._page_imported()
        else:
            self._delay(seconds=_PAUSE)

    def _import_staged(self, attempt):
        """Import what is staged: all of it, or the records in ``retry_only``.

        Records that have somebody in common with a page in front stay there until that one is in.
        Who is in before, but could not be enrolled, is enrolled after the others.
        """
        if self.retry_only or not self.is_to_enrol:
            self._import_records(attempt)
        if self.is_to_enrol and not self.retry_only:
            self._enrol_again()

    def _import_records(self, attempt):
        only = frozenset(self.retry_only) if self.retry_only else None
        try:
            result = PageImport(self, may_start_over=attempt <= _STARTS_OVER, only=only).run()
        except AnotherWasQuicker:
            message = f"Page {self.id} met another worker on the same registrant."
            raise RetryableJobError(message, seconds=_PAUSE) from None
        self._record(result, attempt, only)

    def _record(self, result: PageResult, attempt: int, only: frozenset[int] | None):
        # sudo: pages and issues are written by the import alone.
        page = self.sudo()
        counts = page._counts_with(result, only - result.later) if only else result.counts
        page.write(
            {
                "state": "fetched" if result.later else "imported",
                "retry_only": sorted(result.later) or False,
                "imported_at": fields.Datetime.now(),
                "attempts": attempt,
                **counts,
            }
        )
        self.env["g2p.social.registry.import.issue"]._note(page._prepare_issues(result))

    def _prepare_issues(self, result: PageResult):
        prepare = self.env["g2p.social.registry.import.issue"]._prepare_vals
        of_records = [
            prepare(self, problem, outcome) for outcome, problem in result.record_problems
        ]
        of_the_page = (*result.page_problems, *result.list_problems)
        return of_records + [prepare(self, problem) for problem in of_the_page]

    # -- again -----------------------------------------------------------------------------------

    def _retry(self, indices):
        """Import some records of an ended run again, now, from what is staged.

        :param indices: places on the page, from 0; none to make up for the enrolment alone
        :raises UserError: the staged records have expired, or see :meth:`_check_can_retry`
        """
        # sudo: pages are written by the import alone; who comes here was checked to be operator.
        page = self.sudo()
        page._check_can_retry()
        if indices:
            page._require_payload()
        page.lock_for_update()
        page._open_again(indices)
        page.with_env(self.env)._import_staged(page.attempts)
        page.run_id._settle()

    def _check_can_retry(self):
        if self.run_id.state in ACTIVE:
            raise UserError(self.env._("Wait until the run has ended."))
        if self.run_id.state == "cancelled":
            raise UserError(
                self.env._(
                    "This run was cancelled, and nothing more comes in by it. Fetch again: the "
                    "next run brings in everybody this one left out."
                )
            )
        self.run_id._check_is_latest()
        self.run_id._check_as_set_up()

    def _require_payload(self):
        if any(not page.payload for page in self):
            raise UserError(
                self.env._("The staged records have expired and were removed. Fetch again.")
            )

    def _open_failed_records(self):
        """Let the next job import those records again that are not in, or not enrolled."""
        issues = self.issue_ids.filtered(lambda issue: issue._keeps_somebody_out())
        if issues:
            self._require_payload()
        if issues or self._enrolment_refusals():
            self._open_again({issue._index() for issue in issues})

    def _open_again(self, indices):
        """Let these records, and the enrolment if it was refused, be made up for."""
        again = {"retry_only": sorted(indices), "is_to_enrol": bool(self._enrolment_refusals())}
        self.write({"state": "fetched", "requeued": 0, **again})

    def _counts_with(self, result: PageResult, only: frozenset[int]):
        """The counts of the page after some of its records were imported again.

        A record that was created or updated before keeps its place in the balance; of the members
        of a record that was in, only those count that something happened to now. The issues of
        all these records are replaced. Those that had none have not been imported before.
        """
        issues = self.issue_ids.filtered(lambda i: i.record_number and i._index() in only)
        before = {issue._index(): State(issue.outcome) for issue in issues}
        issues.unlink()
        counts = Counter({name: self[name] for name in COUNTED})
        for outcome in result.outcomes:
            was = before.get(outcome.index)
            if was not in (State.CREATED, State.UPDATED):
                if was:
                    counts[f"{was}_count"] -= 1
                counts[f"{outcome.state}_count"] += 1
            counts.update(outcome.member_counts(with_unchanged=was not in IMPORTED))
            counts["gone_id_count"] += 0 if was in IMPORTED else outcome.gone_ids
        return counts

    # -- failing ---------------------------------------------------------------------------------

    def _fail(self, message):
        """Note in words why this page is not in; the run ends when nothing else is under way."""
        # sudo: pages are written by the import alone.
        self.sudo().write({"state": "failed", "error": message})
        self.run_id._page_failed(self)

    def _on_job_failed(self, exc_name, exc_message, exc_info):
        """Hook of the queue: the last try of a job of this page ended in an exception.

        :param exc_message: our own words for a ``FailedJobError``; of other exceptions only the
            name is kept, as their text may quote a record
        """
        ours = (exc_name or "").endswith(("FailedJobError", "RetryableJobError"))
        words = (
            self.env._("%s Retry the run.", exc_message)
            if ours
            else self.env._("Internal error %s; see the job queue, then retry.", exc_name)
        )
        for page in self.filtered(lambda page: page.state in ("waiting", "fetched")):
            page._fail(words)

    def _attempt(self):
        """How often the job that is running now has been started, from 1."""
        uuid = self.env.context.get("job_uuid")
        # sudo: operators may not read the queue; only a number is taken.
        job = uuid and self.env["queue.job"].sudo().search([("uuid", "=", uuid)], limit=1)
        return job.retry + 1 if job else 1
