from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

ACTIVE = ("fetching", "importing")
OPEN_PAGES = ("waiting", "fetched")
#: States of a job that will still do something.
LIVING = ("wait_dependencies", "pending", "enqueued", "started")
#: How often the sweeper queues a page whose job vanished before it gives the page up.
_REQUEUES = 5


class SocialRegistryImportRunLifecycle(models.AbstractModel):
    """Pausing, going on, cancelling and retrying; and going on by itself after an accident."""

    _name = "g2p.social.registry.import.run.lifecycle"
    _description = "Life Cycle of an Import Run"

    is_paused = fields.Boolean("Paused", readonly=True, copy=False)

    # -- what an operator does -------------------------------------------------------------------

    def action_pause(self):
        """Let pages under way end, and begin no other.

        :raises AccessError: the caller is no operator
        :raises UserError: the run is not under way
        """
        self._as_operator(ACTIVE, self.env._("Only a run that is under way can be paused."))
        # sudo: runs are written by the import alone; the role was checked.
        self.sudo().is_paused = True

    def action_continue(self):
        """Go on with paused runs.

        Jobs that started meanwhile did nothing and are gone: that is no accident, so it is not
        counted among the times a page may lose its job.

        :raises AccessError: the caller is no operator
        :raises UserError: the run is not under way
        """
        self._as_operator(ACTIVE, self.env._("Only a run that is under way can go on."))
        # sudo: runs are written by the import alone; the role was checked.
        runs = self.sudo()
        runs.is_paused = False
        runs._pages(OPEN_PAGES).requeued = 0
        runs._queue_missing()

    def action_cancel(self):
        """Stop the runs: pages not yet fetched or imported are given up.

        Owners of scheduled runs are told, unless they do it themselves.

        :raises AccessError: the caller is no operator
        :raises UserError: the run is not under way
        """
        self._as_operator(ACTIVE, self.env._("Only a run that is under way can be cancelled."))
        # sudo: runs and pages are written by the import alone; the role was checked.
        runs = self.sudo()
        runs.lock_for_update()
        runs._cancel()

    def _cancel(self):
        self._pages(OPEN_PAGES).state = "cancelled"
        self.write({"state": "cancelled", "ended_at": fields.Datetime.now(), "is_paused": False})
        for run in self:
            run.fetch_social_registry_id._run_ended(run)

    def action_retry(self):
        """Try again what failed: staged pages and records without fetching them, and the page
        that could not be fetched, with all behind it.

        :raises AccessError: the caller is no operator
        :raises UserError: the run is of another state, a newer run exists, or one is under way
        """
        self._as_operator(
            ("incomplete", "failed"), self.env._("Only a run that ended badly can be retried.")
        )
        for run in self.sudo():  # runs and pages are written by the import alone; see above
            run._check_is_latest()
            run._check_as_set_up()
            run._reopen()
            run._queue_missing()

    def _as_operator(self, states, words):
        self.check_access("read")
        self._check_operator()
        if not self or any(run.state not in states for run in self):
            raise UserError(words)

    @api.model
    def _check_operator(self):
        if not self.env.user.has_group("g2p_social_registry_importer.group_import_operator"):
            raise AccessError(self.env._("Only import operators may do this."))

    def _check_is_latest(self):
        """Refuse to bring in old records over newer ones, or what was taken back."""
        if self.undo_state != "none":
            raise UserError(self.env._("This run was undone. Fetch again."))
        newer = Domain("fetch_social_registry_id", "=", self.fetch_social_registry_id.id)
        newer &= Domain("id", ">", self.id) & Domain("state", "!=", "cancelled")
        if self.search_count(newer, limit=1):
            raise UserError(
                self.env._("A newer run of this import exists: what this one staged is outdated.")
            )

    def _check_as_set_up(self):
        """Refuse to bring in records under settings they were not fetched for."""
        importer = self.fetch_social_registry_id
        was_group = "group" if self.is_group else "individual"
        if (importer.data_source_id, importer.target_registry) != (self.data_source_id, was_group):
            raise UserError(
                self.env._(
                    "The import has another data source or target registry now than at this run. "
                    "Fetch again; or set them back, and retry then."
                )
            )

    def _reopen(self):
        """Open the pages again in which something failed."""
        unfetched = self._pages(("failed",)).filtered(lambda page: not page.fetched_at)
        unimported = self._pages(("failed",)) - unfetched
        for page in self._pages(("imported",)):
            page._open_failed_records()
        # Where an unfetched page begins is told by the rows of the page before it.
        (unimported | unfetched.mapped(lambda page: page._page_before()))._require_payload()
        # Of a page that was begun, the records stay marked that are not in.
        unimported.write({"state": "fetched", "error": False, "requeued": 0})
        unfetched.write({"state": "waiting", "error": False, "requeued": 0})
        self._keep_since_first_end()
        state = "fetching" if unfetched else "importing"
        self.write({"state": state, "error": False, "is_cut_short": False, "ended_at": False})

    def _pages(self, states):
        return self.env["g2p.social.registry.import.page"].search(
            [("run_id", "in", self.ids), ("state", "in", states)]
        )

    def _trouble_words(self):
        """Why a page waits to be asked for again, and until when; empty when none does."""
        self.ensure_one()
        keys = [page._job_key() for page in self._pages(("waiting",))]
        tried = [("identity_key", "in", keys), ("state", "=", "pending"), ("retry", ">", 0)]
        # sudo: operators may not read the queue; what is taken are our own words.
        job = self.env["queue.job"].sudo().search(tried, limit=1)
        # Those of PostgreSQL, about two transactions that met, lead nobody anywhere.
        if not (job.eta and job.result) or job.result.startswith("ERROR:"):
            return ""
        time = fields.Datetime.context_timestamp(self, job.eta)
        return self.env._(
            "%(why)s It is tried again at %(time)s.", why=job.result, time=f"{time:%H:%M:%S}"
        )

    # -- going on by itself ----------------------------------------------------------------------

    @api.model
    def _cron_sweep(self):
        """Runs whose jobs died with their worker, or were lost, get them back; so do undos.

        Every run under way is looked at; what has a living job is left alone.
        """
        self._queue_lost_undos()
        runs = self.search([("state", "in", ACTIVE), ("is_paused", "=", False)])
        if runs:
            self._wake_runner()
        for done, run in enumerate(runs, start=1):
            if run.try_lock_for_update():
                run._queue_missing()
            if not self.env["ir.cron"]._commit_progress(1, remaining=len(runs) - done):
                break

    @api.model
    def _wake_runner(self):
        """Have the runner of the queue look for jobs whose worker died, and start them again.

        It does so whenever something happens in the queue. When nothing does, because all that is
        left to do waits for such a job, it would look only once in a while.
        """
        self.env.cr.execute("SELECT pg_notify('queue_job', '')")

    def _queue_missing(self):
        """Queue the job of every open page that has none, and close what is complete."""
        for run in self:
            pages = run._pages(OPEN_PAGES)
            living = run._keys_of_jobs(pages, LIVING)
            for page in pages.filtered(lambda page, living=living: page._job_key() not in living):
                run._queue_again(page)
            if not pages:
                run._finish_without_pages()

    def _keys_of_jobs(self, pages, states):
        """The keys of the jobs these pages wait for, of those that are in one of the states."""
        # sudo: operators may not read the queue; only keys are compared.
        jobs = self.env["queue.job"].sudo()
        keys = [page._job_key() for page in pages]
        domain = [("identity_key", "in", keys), ("state", "in", states)]
        return set(jobs.search(domain).mapped("identity_key"))

    def _queue_again(self, page):
        if page.requeued >= _REQUEUES:
            page._fail(self.env._("Its job vanished again and again; see the job queue."))
            return
        page.requeued += 1
        page._as_starter()._delay()

    def _finish_without_pages(self):
        """Nothing is open: either the last page is in, or the next one was never made."""
        self.ensure_one()
        if self.state == "importing":
            self._settle()
        else:
            last = self.page_ids.sorted("number")[-1:]
            self._next_page(last)._as_starter()._delay()
