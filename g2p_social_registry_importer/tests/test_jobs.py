import json
from unittest.mock import patch

from odoo.tests import tagged

from ..flow.page_import import PageImport
from .common import ImporterCase
from .people import families, household, person, phone

CHANNEL = "root.g2p_social_registry_importer"


@tagged("post_install", "-at_install")
class TestJobs(ImporterCase):
    def _run_three_pages(self):
        self.importer.page_size = 2
        self.social_registry.put_registrants(families(5, size=1))
        run = self.run_import()
        self.assertEqual(run.state, "done")
        return run

    def test_each_page_is_fetched_and_imported_by_a_job_of_its_own(self):
        run = self._run_three_pages()
        found = [(job.method_name, *job.records.ids) for job in self.queue.jobs]
        for page in run.page_ids:
            self.assertIn(("_fetch", page.id), found)
            self.assertIn(("_import", page.id), found)
        self.assertIn(("_close", run.id), found)
        self.assertEqual(set(self.queue.jobs.mapped("state")), {"done"})

    def test_jobs_run_in_their_channels_as_the_operator(self):
        self._run_three_pages()
        channels = {job.method_name: job.channel for job in self.queue.jobs}
        self.assertEqual(
            channels, {"_fetch": f"{CHANNEL}.fetch", "_import": CHANNEL, "_close": CHANNEL}
        )
        self.assertEqual(self.queue.jobs.user_id, self.operator)
        self.assertFalse(any(job.records.env.su for job in self.queue.jobs))

    def test_importing_goes_before_fetching_so_that_few_pages_are_staged(self):
        self._run_three_pages()
        order = self.queue.jobs.sorted(lambda job: (job.date_done, job.id)).mapped("method_name")
        self.assertEqual(order[:2], ["_fetch", "_import"])
        priorities = {job.method_name: job.priority for job in self.queue.jobs}
        self.assertLess(priorities["_import"], priorities["_close"])
        self.assertLess(priorities["_close"], priorities["_fetch"])

    def test_the_same_step_of_a_page_is_queued_once(self):
        self.social_registry.put_registrants(families(1))
        run = self.start()
        run.page_ids.with_user(self.operator)._delay()
        self.assertEqual(len(self.queue.waiting), 1)
        keys = self.queue.waiting.mapped("identity_key")
        self.assertEqual(keys, [f"g2p-social-registry-fetch-page-{run.page_ids.id}"])

    def test_a_job_names_its_page_and_holds_no_word_of_a_record(self):
        self.import_records(
            person(
                "p1",
                "CANARY, PERSON",
                "N-CANARY",
                address="CANARY street",
                phones=[phone("+254 712 345 678")],
            ),
            person("p2", "CANARY, BROKEN", "N-CANARY-2", birthdate="2990-01-01"),
            household("h1", "CANARY household", "C-CANARY", ["p1"]),
            household("h2", "CANARY broken", "C-CANARY-2", ["p2"]),
        )
        self.assertTrue(self.holder("C-CANARY"))
        self.assertTrue(self.queue.jobs)
        for job in self.queue.jobs:
            self.assertEqual((job.args, job.kwargs), ([], {}))
        self.env.flush_all()
        self.cr.execute("SELECT * FROM queue_job WHERE id IN %s", [tuple(self.queue.jobs.ids)])
        stored = json.dumps(self.cr.dictfetchall(), default=str)
        self.assertIn("_import", stored)
        for word in ("CANARY", "345 678", "2990"):
            self.assertNotIn(word, stored)

    def test_a_page_that_another_worker_finished_is_left_alone(self):
        self.social_registry.put_registrants(families(1))
        run = self.run_import()
        page = run.page_ids.with_user(self.operator)
        for step in (page._fetch, page._import, run.with_user(self.operator)._close):
            step()
        self.assertOutcome(run, created=1)
        self.assertEqual(len(self.social_registry.log()), 2)


@tagged("post_install", "-at_install")
class TestFailingJobs(ImporterCase):
    """An error nobody foresaw costs its page, is shown, and hides neither behind nor in the run."""

    def setUp(self):
        super().setUp()
        self.importer.page_size = 1
        self.social_registry.put_registrants(families(3, size=1))

    def _fail_on_page(self, number):
        """Have the import of one page end in an error whose text quotes a record."""
        run = PageImport.run

        def broken(page_import):
            if page_import._context.page.number == number:
                raise RuntimeError("CANARY lives at Kilima Road 4")
            return run(page_import)

        return patch.object(PageImport, "run", broken)

    def test_the_page_fails_and_the_others_go_in(self):
        with self._fail_on_page(2):
            run = self.run_import()
        self.assertEqual((run.state, run.created_count), ("incomplete", 2))
        states = run.page_ids.sorted("number").mapped("state")
        self.assertEqual(states, ["imported", "failed", "imported", "imported"])
        self.assertFalse(run.is_balanced)
        self.assertFalse(self.importer.last_sync_date)

    def test_the_page_tells_the_kind_of_error_and_not_its_text(self):
        with self._fail_on_page(2):
            run = self.run_import()
        page = run.page_ids.filtered("error")
        self.assertIn("Internal error RuntimeError", page.error)
        for records in (run, run.page_ids, run.issue_ids):
            self.assertNotIn("CANARY", repr(records.read()))

    def test_when_the_last_page_fails_the_run_still_ends(self):
        self.importer.page_size = 5
        with self._fail_on_page(1):
            run = self.run_import()
        self.assertEqual((run.state, run.created_count), ("incomplete", 0))
        self.assertTrue(run.ended_at)

    def test_a_retry_imports_what_was_staged_without_asking_the_registry_again(self):
        with self._fail_on_page(2):
            run = self.run_import()
        self.social_registry.clear_log()
        run.with_user(self.operator).action_retry()
        self.queue.work_off()
        self.assertOutcome(run, created=3)
        self.assertFalse(self.social_registry.log())
        self.assertEqual(self.importer.last_sync_date, run.cursor_after)

    def test_a_staged_page_that_is_damaged_is_such_an_error(self):
        self.importer.page_size = 2
        run = self.start()
        while not (last := run.page_ids.filtered(lambda page: page.received_count == 1)):
            self.queue.perform(self.queue.waiting[0])
        last.payload = '[{"name": "CANARY'
        self.queue.work_off()
        self.assertEqual((run.state, run.created_count), ("incomplete", 2))
        self.assertIn("JSONDecodeError", run.page_ids.filtered("error").error)

    def test_the_page_says_how_often_its_job_was_tried(self):
        self.social_registry.set_dials(http_500={"calls": 2})
        run = self.run_import()
        self.assertEqual(run.state, "done")
        self.assertEqual(max(run.page_ids.mapped("attempts")), 1, "the last job is the import")
        self.social_registry.set_dials(http_500={"calls": 2})
        run = self.start()
        for _try in range(3):
            self.queue.perform(self.queue.waiting[0])
        self.assertEqual(run.page_ids.filtered("fetched_at").attempts, 3)
