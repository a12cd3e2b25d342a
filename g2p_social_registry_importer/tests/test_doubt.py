from odoo.tests import tagged

from .common import ImporterCase
from .people import families

OLD = "2024-01-05T10:00:00"


@tagged("post_install", "-at_install")
class TestDoubt(ImporterCase):
    """A registry that shows nobody any more, or hardly anybody, is not believed."""

    def setUp(self):
        super().setUp()
        self.importer.least_share = self.importer.default_get(["least_share"])["least_share"]
        self.people = [{**one, "create_date": OLD} for one in families(4, size=1)]
        self.before = self.import_records(*self.people)
        self.cursor = self.importer.last_sync_date

    def _missed(self):
        return self.importer.imported_registrant_ids.filtered("not_seen_since")

    def assertDoubted(self, run):
        self.assertEqual(run.state, "incomplete")
        self.assertIn("4 of this import were there before", run.state_text)
        self.assertEqual(self.importer.last_sync_date, self.cursor)
        self.assertFalse(self._missed() or run.not_seen_count)

    def test_an_empty_registry_marks_nobody_and_moves_nothing(self):
        self.assertDoubted(self.import_records())

    def test_a_registry_that_shows_less_than_the_least_share_is_doubted(self):
        self.assertDoubted(self.import_records(*self.people[:2]))
        self.assertEqual(self.import_records(*self.people[:4]).state, "done")
        self.assertEqual(len(self._missed()), 4)

    def test_who_is_new_does_not_stand_for_who_was_there(self):
        run = self.import_records(*families(1, start=7, size=1))
        self.assertDoubted(run)
        self.assertEqual(run.created_count, 1)

    def test_it_is_believed_by_a_retry_when_the_share_is_lowered(self):
        run = self.import_records()
        self.importer.least_share = 0
        run.with_user(self.operator).action_retry()
        self.queue.work_off()
        self.assertEqual((run.state, run.not_seen_count), ("done", 8))
        self.assertFalse(run.doubt)

    def test_the_owner_of_a_scheduled_run_is_told(self):
        self.social_registry.put_registrants([])
        self.importer.owner_id = self.operator
        self.importer.with_user(self.operator)._start("schedule")
        self.queue.work_off()
        self.assertIn("sent 0 records", self.importer.activity_ids.note)

    def test_who_asks_for_others_is_not_doubted(self):
        self.importer.query = self.importer.query.replace(
            "getRegistrants", 'getRegistrants(name: "Nobody")', 1
        )
        self.assertEqual(self.run_import().state, "done")

    def test_who_is_new_only_may_be_nobody(self):
        self.importer.sync_mode = "incremental"
        run = self.run_import()
        self.assertFalse(run.is_full_pass)
        self.assertOutcome(run, "done")

    def test_a_first_run_that_meets_nobody_does_not_move_the_cursor(self):
        other = self._create_importer(name="Another", sync_mode="incremental", least_share=50)
        self.social_registry.put_registrants([])
        self.assertEqual(self.run_import(other).state, "done")
        self.assertFalse(other.last_sync_date)
        self.social_registry.put_registrants(self.people)
        self.assertEqual(self.run_import(other).received_count, 4)
