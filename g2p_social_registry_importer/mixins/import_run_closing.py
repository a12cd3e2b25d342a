from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.queue_job.exception import RetryableJobError

from ..flow.context import SILENT
from ..flow.several_households import in_several_households, people_in_several_households
from ..meaning.problems import BLOCKING, Code
from .import_run_lifecycle import OPEN_PAGES


class SocialRegistryImportRunClosing(models.AbstractModel):
    """Draws the balance once the last page is in."""

    _name = "g2p.social.registry.import.run.closing"
    _description = "Closing of an Import Run"

    told_state = fields.Char(
        readonly=True, copy=False, help="As what it had ended when the owner was told last."
    )

    def _page_imported(self):
        """Have the run closed, if this may have been the last page.

        As long as there is more to fetch, it is not: once everything is fetched, the last page
        has the run closed, by being imported after that or by having nobody on it. Whoever sees
        less than that now, as the last page is being fetched meanwhile, is waited for then.
        """
        if self.state == "importing":
            self._delay_close()

    def _delay_close(self):
        """Queue the closing, which looks once this transaction is committed.

        Every page that may be the last queues its own. Sharing a job that is still waiting would
        not do: it may start, and see this page unfinished, just before this transaction is
        committed.
        """
        self.ensure_one()
        run = self.with_context(**SILENT)
        run.with_delay(priority=15, description=f"Close import run {self.id}")._close()

    def _close(self):
        """Job: when the last page is in, draw the balance; otherwise leave it to that page.

        :raises RetryableJobError: the run is being written, or no page that is still open can be
            relied upon to close it
        """
        self.ensure_one()
        run = self.sudo()  # runs are written by the import alone
        # Pages under way refer to their run, and do not mind what it says now.
        if not run.try_lock_for_update(allow_referencing=True):
            raise RetryableJobError("The run is being written.", seconds=2, ignore_retry=True)
        if run.state == "importing":
            run._settle()
            run._wait_for_pages_under_way()

    def _wait_for_pages_under_way(self):
        """A page whose import has begun may not have seen that all is fetched, and close nothing.

        One that is to begin will see it, as this transaction does.

        :raises RetryableJobError: there is one; look again in a moment
        """
        pages = self._pages(OPEN_PAGES) if self.state == "importing" else ()
        if pages and self._keys_of_jobs(pages, ["started"]):
            raise RetryableJobError("A page is under way.", seconds=1, ignore_retry=True)

    def _settle(self):
        """Say how the run ended, if no page is open any more; ``self`` may write runs."""
        if self._pages(OPEN_PAGES):
            return
        self._note_several_households()
        self._keep_since_first_end()
        state = self._final_state()
        doubt = state == "done" and self._doubt_words()
        state = "incomplete" if doubt else state
        self.write({"state": state, "doubt": doubt, "ended_at": fields.Datetime.now()})
        self.fetch_social_registry_id._run_ended(self)

    def _note_several_households(self):
        """One issue, that blocks nothing, for each person whom the source has in several homes."""
        issues = self.env["g2p.social.registry.import.issue"]
        code = Code.SEVERAL_HOUSEHOLDS.value
        issues.search([("run_id", "=", self.id), ("code", "=", code)]).unlink()
        found = people_in_several_households(self) if self.is_group else {}
        people = self.env["res.partner"].browse(found)
        issues.create(
            [
                issues._prepare_run_vals(self, one, in_several_households(found[one.id]))
                for one in people
            ]
        )

    def _final_state(self):
        """``done`` only if every page is in, nothing is left open, and the numbers add up."""
        if self.error and not self.is_cut_short:
            return "failed"
        left = Domain("run_id", "=", self.id) & Domain("state", "!=", "imported")
        complete = not self.env["g2p.social.registry.import.page"].search_count(left, limit=1)
        clean = not (self.conflict_count or self.failed_count or self._has_blocking_issue())
        return "done" if complete and clean and self.is_balanced else "incomplete"

    def _has_blocking_issue(self, but=()):
        """Whether somebody is missing although the record is in, e.g. a member.

        :param but: codes that do not count
        """
        codes = [code for code in BLOCKING if code not in but]
        blocking = Domain("run_id", "=", self.id) & Domain("code", "in", codes)
        return bool(self.env["g2p.social.registry.import.issue"].search_count(blocking, limit=1))

    def _is_in_but_not_enrolled(self):
        """Whether nothing is left to be done but to enrol people."""
        is_left = self.is_cut_short or self.conflict_count or self.failed_count
        return not is_left and not self._has_blocking_issue(but=[Code.ENROLMENT_REFUSED])
