from odoo.tests import tagged

from .common import ImporterCase
from .people import families


@tagged("post_install", "-at_install")
class TestClosing(ImporterCase):
    """A run is closed once, by whichever page is the last one to be in."""

    def setUp(self):
        super().setUp()
        self.importer.page_size = 2
        self.social_registry.put_registrants(families(5, size=1))

    def _jobs(self, method, state="pending"):
        return self.queue.jobs.filtered(lambda j: j.method_name == method and j.state == state)

    def _fetch_everything(self):
        """A run whose pages are all staged, none of them imported; and their jobs in order."""
        run = self.start()
        while fetching := self._jobs("_fetch"):
            self.queue.perform(fetching)
        self.assertEqual((run.state, run.received_count), ("importing", 5))
        return run, self._jobs("_import")

    def test_pages_that_come_in_while_others_are_fetched_do_not_ask_for_it(self):
        run = self.start()
        self.queue.perform(self._jobs("_fetch"))
        self.queue.perform(self._jobs("_import"))
        self.assertEqual((run.state, run.created_count), ("fetching", 2))
        self.assertFalse(self._jobs("_close"))

    def test_a_page_whose_import_began_before_all_was_fetched_is_waited_for(self):
        run, importing = self._fetch_everything()
        unaware, *others = importing
        for job in others:
            self.queue.perform(job)
        unaware.with_context(_job_edit_sentinel=unaware.EDIT_SENTINEL).state = "started"
        for closing in self._jobs("_close"):
            self.queue.perform(closing)
        self.assertEqual(run.state, "importing")
        self.assertIn("under way", self._jobs("_close")[0].result)
        # It sees the run as it was when it began, and so leaves no closing behind.
        page = run.page_ids.filtered(lambda page: page.state == "fetched")
        page.with_user(self.operator)._import_staged(1)
        self.queue.perform(self._jobs("_close")[0])
        self.assertOutcome(run, "done", created=5)

    def test_a_page_whose_import_is_to_begin_is_left_to_close_the_run(self):
        run, (first, *_others) = self._fetch_everything()
        self.queue.perform(first)
        self.queue.perform(self._jobs("_close"))
        self.assertEqual((run.state, len(self._jobs("_close"))), ("importing", 0))
        self.queue.work_off()
        self.assertOutcome(run, "done", created=5)

    def test_a_last_page_with_nobody_on_it_needs_no_import(self):
        self.social_registry.put_registrants(families(4, size=1))
        run = self.run_import()
        self.assertOutcome(run, "done", created=4)
        last = run.page_ids.sorted("number")[-1]
        self.assertEqual((last.state, last.received_count), ("imported", 0))
        self.assertTrue(last.imported_at)
        imported = self._jobs("_import", "done").mapped(lambda job: job.records.id)
        self.assertNotIn(last.id, imported)

    def test_a_run_that_finds_nobody_is_done(self):
        self.social_registry.put_registrants([])
        run = self.run_import()
        self.assertOutcome(run, "done")
        self.assertFalse(self._jobs("_import", "done"))
