from odoo.tests import tagged

from .common import ImporterCase
from .people import person


@tagged("post_install", "-at_install")
class TestCursorReset(ImporterCase):
    """A cursor that was reset stays so until the next run is done."""

    def setUp(self):
        super().setUp()
        self.importer.write({"target_registry": "individual", "sync_mode": "incremental"})
        self.importer.query = "{ getRegistrants { name regIds { idTypeAsStr value } } }"
        self.national.id_validation = "^N-"
        people = [person("p1", "BANDA, 1", "N-1"), person("bad", "BANDA, BAD", "X-9")]
        self.social_registry.put_registrants(people)
        self.old = self.run_import()
        self.assertOutcome(self.old, "incomplete", created=1, failed=1)
        self.national.id_validation = False

    def _reset(self):
        self.importer.with_user(self.manager).action_reset_cursor()

    def assertEverybodyNext(self):
        self.assertFalse(self.importer.last_sync_date or self.importer.last_full_sync_date)
        following = self.run_import()
        self.assertTrue(following.is_full_pass)
        self.assertEqual(self.importer.last_sync_date, following.cursor_after)

    def test_a_retry_of_a_run_before_it_does_not_take_it_back(self):
        self._reset()
        self.old.with_user(self.operator).action_retry()
        self.queue.work_off()
        self.assertOutcome(self.old, "done", created=2)
        self.assertEverybodyNext()

    def test_a_record_of_a_run_before_it_does_not_take_it_back(self):
        self._reset()
        self.old.issue_ids.with_user(self.operator).action_retry()
        self.assertOutcome(self.old, "done", created=2)
        self.assertEverybodyNext()

    def test_a_run_after_it_moves_the_cursor_when_it_is_retried(self):
        self._reset()
        self.national.id_validation = "^N-"
        following = self.run_import()
        self.national.id_validation = False
        following.with_user(self.operator).action_retry()
        self.queue.work_off()
        self.assertEqual(self.importer.last_sync_date, following.cursor_after)
