from odoo.tests import tagged

from .common import ImporterCase
from .people import families


@tagged("post_install", "-at_install")
class TestEnrolmentRetry(ImporterCase):
    """Whom a programme refused is enrolled by a retry, once it takes people again."""

    def setUp(self):
        super().setUp()
        vals = {"name": "Test Winter Fuel", "target_type": "group"}
        self.fuel = self.env["g2p.program"].create(vals)
        self.importer.write({"target_program": self.fuel.id, "page_size": 2})
        self.social_registry.put_registrants(families(3, size=2))

    def _refused_run(self):
        run = self.start()
        self.fuel.write({"locked": True, "locked_reason": "Payments are being made."})
        self.queue.work_off()
        self.assertCodes(run, "enrolment_refused", "enrolment_refused")
        self.social_registry.clear_log()
        return run

    def _retry(self, records):
        records.with_user(self.operator).action_retry()
        self.queue.work_off()

    def _enrolled(self):
        return self.env["g2p.program_membership"].search([("program_id", "=", self.fuel.id)])

    def assertMadeUpFor(self, run, *cards):
        self.assertEqual(self._enrolled().partner_id, self.holder("C-0").union(*cards))
        self.assertEqual(self._enrolled().import_run_id, run)
        self.assertFalse(self.social_registry.log())

    def test_a_retry_of_the_run_enrols_everybody(self):
        run = self._refused_run()
        self.assertIn("not everybody is enrolled", run.state_text)
        self.fuel.locked = False
        self._retry(run)
        self.assertMadeUpFor(run, self.holder("C-1"), self.holder("C-2"))
        self.assertOutcome(run, "done", created=3)
        self.assertFalse(run.issue_ids)
        self.assertEqual(self.importer.last_sync_date, run.cursor_after)

    def test_a_retry_of_an_issue_enrols_those_of_its_page(self):
        run = self._refused_run()
        self.fuel.locked = False
        self._retry(run.page_ids.sorted("number")[0].issue_ids)
        self.assertMadeUpFor(run, self.holder("C-1"))
        self.assertOutcome(run, "incomplete", created=3)
        self._retry(run.issue_ids)
        self.assertOutcome(run, "done", created=3)

    def test_a_programme_that_is_still_locked_is_told_of_once_for_each_page(self):
        run = self._refused_run()
        self._retry(run)
        self.assertOutcome(run, "incomplete", created=3)
        self.assertCodes(run, "enrolment_refused", "enrolment_refused")
        self.assertFalse(self._enrolled())

    def test_it_needs_nothing_that_is_staged(self):
        run = self._refused_run()
        run.page_ids.payload = False
        self.fuel.locked = False
        self._retry(run)
        self.assertOutcome(run, "done", created=3)

    def test_records_that_failed_come_in_and_are_enrolled_with_the_others(self):
        self.card.id_validation = "C-[01]$"
        run = self._refused_run_with_failure()
        self.card.id_validation = False
        self.fuel.locked = False
        self._retry(run)
        self.assertMadeUpFor(run, self.holder("C-1"), self.holder("C-2"))
        self.assertOutcome(run, "done", created=3)

    def _refused_run_with_failure(self):
        self.importer.page_size = 3
        run = self.start()
        self.fuel.locked = True
        self.queue.work_off()
        self.assertOutcome(run, "incomplete", created=2, failed=1)
        self.assertIn("not in", run.state_text)
        self.social_registry.clear_log()
        return run

    def test_undoing_the_run_takes_back_what_was_made_up_for(self):
        self.importer.target_program = False
        self.run_import()
        self.importer.target_program = self.fuel
        run = self._refused_run()
        self.fuel.locked = False
        self._retry(run)
        self.assertEqual(len(self._enrolled()), 3)
        run.with_user(self.manager).action_undo()
        self.queue.work_off()
        self.assertFalse(self._enrolled())
