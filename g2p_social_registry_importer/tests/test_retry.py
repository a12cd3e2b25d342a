from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ImporterCase
from .people import families, person


@tagged("post_install", "-at_install")
class TestRetry(ImporterCase):
    """What failed is tried again from what is staged; what is in is left alone."""

    def setUp(self):
        super().setUp()
        self.national.id_validation = "^N-"
        self.importer.query = "{ getRegistrants { name regIds { idTypeAsStr value } } }"
        self.importer.target_registry = "individual"
        people = [person(f"p{n}", f"BANDA, {n}", f"N-{n}") for n in range(4)]
        self.social_registry.put_registrants([*people, person("bad", "BANDA, BAD", "X-9")])

    def retry(self, records):
        records.with_user(self.operator).action_retry()
        self.queue.work_off()

    def test_only_the_failed_record_is_imported_again_without_asking_the_registry(self):
        run = self.run_import()
        self.assertOutcome(run, "incomplete", created=4, failed=1)
        written = self.holder("N-0").write_date
        self.social_registry.clear_log()
        self.national.id_validation = False
        self.retry(run)
        self.assertOutcome(run, "done", created=5)
        self.assertFalse(run.issue_ids)
        self.assertEqual(self.social_registry.log(), [])
        self.assertEqual(self.holder("N-0").write_date, written)
        self.assertEqual(self.importer.last_sync_date, run.cursor_after)

    def test_a_record_that_fails_again_is_told_again_and_still_balances(self):
        run = self.run_import()
        self.retry(run)
        self.assertOutcome(run, "incomplete", created=4, failed=1)
        self.assertCodes(run, "rejected")

    def test_one_record_is_retried_at_once_from_its_issue(self):
        run = self.run_import()
        self.national.id_validation = False
        run.issue_ids.with_user(self.operator).action_retry()
        self.assertOutcome(run, "done", created=5)
        self.assertEqual(self.importer.last_sync_date, run.cursor_after)

    def test_a_cancelled_run_is_not_retried_but_leads_to_the_next_one(self):
        self.importer.page_size = 5
        run = self.start()
        for _job in range(2):
            self.queue.perform(self.queue.waiting[0])
        run.with_user(self.operator).action_cancel()
        self.national.id_validation = False
        with self.assertRefused("Fetch again: the next run"):
            run.issue_ids.with_user(self.operator).action_retry()
        self.assertOutcome(run, "cancelled", created=4, failed=1)
        self.assertOutcome(self.run_import(), "done", unchanged=4, created=1)

    def test_fetching_that_failed_goes_on_at_the_page_where_it_stopped(self):
        self.importer.page_size = 2
        self.national.id_validation = False
        self.social_registry.set_dials(rjct={"value": "item", "offset": 1})
        run = self.run_import()
        self.assertOutcome(run, "failed", created=2)
        self.social_registry.set_dials()
        self.social_registry.clear_log()
        self.retry(run)
        self.assertOutcome(run, "done", created=5)
        self.assertEqual([call["offset"] for call in self.social_registry.log()], [1, 3, 5])

    def test_an_outdated_run_is_not_brought_in_over_a_newer_one(self):
        run = self.run_import()
        self.run_import()
        with self.assertRaisesRegex(UserError, "newer run"):
            self.retry(run)
        with self.assertRaisesRegex(UserError, "newer run"):
            run.issue_ids.with_user(self.operator).action_retry()

    def test_staged_records_that_have_expired_cannot_be_retried(self):
        run = self.run_import()
        run.page_ids.payload = False
        with self.assertRaisesRegex(UserError, "expired"):
            self.retry(run)
        self.assertEqual(run.state, "incomplete")

    def test_a_failed_page_is_imported_again_as_a_whole(self):
        self.national.id_validation = False
        self.social_registry.put_registrants(families(2, size=1))
        run = self.start()
        self.queue.perform(self.queue.waiting[0])
        run.page_ids._on_job_failed("odoo.exceptions.MissingError", "gone", "")
        self.queue.work_off()
        self.assertEqual((run.state, run.page_ids.state), ("incomplete", "failed"))
        self.retry(run)
        self.assertOutcome(run, "done", created=2)
