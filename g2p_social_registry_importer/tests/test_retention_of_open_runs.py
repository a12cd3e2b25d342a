from datetime import timedelta

from odoo.fields import Datetime
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from .common import ImporterCase
from .people import families


@tagged("post_install", "-at_install")
class TestRetentionOfOpenRuns(ImporterCase):
    """What is paused, retried or decided again is kept no longer than other runs."""

    def _vacuum(self):
        runs = self.env["g2p.social.registry.import.run"]
        # Odoo cleans up by mixins as well as by the models that have them.
        models = [runs, self.env["g2p.social.registry.import.run.forgotten"]]
        for clean_up in (*(model._gc_forgotten for model in models), runs._gc_payloads):
            self.assertTrue(clean_up._autovacuum)
            clean_up()
            self.env.flush_all()
        self.env["g2p.social.registry.import.before.image"]._gc_expired()
        self.env.flush_all()
        self.env.invalidate_all()

    def _paused(self, days):
        """A run with one page staged, to which nothing happened for so many days."""
        self.importer.page_size = 2
        self.social_registry.put_registrants(families(3, size=1))
        run = self.start()
        self.queue.perform(self.queue.waiting[0])
        run.with_user(self.operator).action_pause()
        self.env.flush_all()
        for rows in (run, run.page_ids):
            table, ago = SQL.identifier(rows._table), timedelta(days=days)
            statement = SQL("UPDATE %s SET write_date = write_date - %s", table, ago)
            self.env.cr.execute(statement)
        self.env.invalidate_all()
        return run

    def test_a_run_that_was_paused_and_forgotten_is_given_up_and_forgets_its_records(self):
        self.importer.owner_id = self.operator
        run = self._paused(days=8)
        self.assertTrue(run.page_ids[0].payload)
        self._vacuum()
        self.assertEqual(run.state, "cancelled")
        self.assertFalse(any(run.page_ids.mapped("payload")))
        self.assertEqual(self.importer.activity_ids.user_id, self.operator)
        self.assertIn("nothing had happened in it for 7 days", self.importer.activity_ids.note)
        self.queue.work_off()
        self.assertOutcome(self.run_import(), created=3)

    def test_a_run_that_was_paused_lately_goes_on(self):
        run = self._paused(days=6)
        self._vacuum()
        run.with_user(self.operator).action_continue()
        self.queue.work_off()
        self.assertOutcome(run, created=3)

    def _failed(self):
        self.card.id_validation = "C-[01]$"
        run = self.import_records(*families(3, size=1))
        self.assertOutcome(run, "incomplete", created=2, failed=1)
        return run

    def _at(self, days):
        return freeze_time(Datetime.now() + timedelta(days=days))

    def test_a_record_that_is_retried_does_not_keep_the_others_longer(self):
        run = self._failed()
        first_end = run.ended_at
        with self._at(days=6):
            run.issue_ids.with_user(self.operator).action_retry()
            self.env.flush_all()
            self.assertGreater(run.ended_at, first_end)
        with self._at(days=8):
            self.assertFalse(run.can_be_undone)
            self._vacuum()
        self.assertFalse(run.page_ids.payload)
        images = self.env["g2p.social.registry.import.before.image"]
        self.assertFalse(images.search([("run_id", "=", run.id)]))

    def test_a_run_that_is_retried_does_not_keep_its_records_longer(self):
        run = self._failed()
        with self._at(days=6):
            run.with_user(self.operator).action_retry()
            self._vacuum()
            self.assertTrue(run.page_ids.payload)
            self.queue.work_off()
        with self._at(days=8):
            self._vacuum()
        self.assertEqual(run.state, "incomplete")
        self.assertFalse(run.page_ids.payload)
