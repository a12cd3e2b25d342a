import re
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from odoo.fields import Datetime
from odoo.tests import freeze_time, tagged

from .common import ImporterCase
from .people import families, household


@tagged("post_install", "-at_install")
class TestCursor(ImporterCase):
    """“Last synced on” says from when on the next incremental run has to look."""

    def _since(self):
        """The lastSyncDate of each page that was asked for, or None."""
        found = []
        for search in self.social_registry.log():
            if search["offset"] and search["limit"] == 1:  # the look behind a short page
                continue
            query = search["envelope"]["message"]["search_request"][0]["search_criteria"]["query"]
            match = re.search(r'lastSyncDate:"([^"]*)"', query)
            found.append(match and match[1])
        return found

    def test_it_moves_to_the_start_of_a_run_that_is_done(self):
        began = Datetime.now()
        run = self.import_records(*families(3, size=1))
        self.assertEqual(run.state, "done")
        self.assertEqual(self.importer.last_sync_date, run.cursor_after)
        self.assertLessEqual(run.cursor_after, began + timedelta(seconds=5))

    def test_it_follows_the_clock_of_the_source_when_ours_is_ahead(self):
        real = datetime.now(UTC).replace(tzinfo=None)
        with freeze_time(real + timedelta(hours=3)):
            self.import_records(*families(3, size=1))
        drift = abs((self.importer.last_sync_date - real).total_seconds())
        self.assertLess(drift, 30)

    def test_it_follows_our_clock_when_that_of_the_source_is_ahead(self):
        began = Datetime.now() - timedelta(hours=3)
        with patch.object(self.env.cr, "_now", began):
            run = self.import_records(*families(3, size=1))
        self.assertEqual(run.cursor_after, began)

    def test_it_is_taken_from_the_first_page(self):
        self.importer.page_size = 1
        self.social_registry.put_registrants(families(3, size=1))
        run = self.start()
        self.queue.perform(self.queue.waiting[0])
        first = run.cursor_after
        self.assertTrue(first)
        self.queue.work_off()
        self.assertEqual((run.state, run.cursor_after), ("done", first))

    def test_b03_it_stays_where_it_was_when_a_record_is_not_in(self):
        self.importer.last_sync_date = before = Datetime.now() - timedelta(days=2)
        self.national.id_validation = "X-"
        run = self.import_records(*families(2, size=1))
        self.assertEqual((run.state, run.cursor_before), ("incomplete", before))
        self.assertEqual(self.importer.last_sync_date, before)

    def test_it_moves_although_records_without_identifier_are_skipped(self):
        self.import_records(household("h1", "Otieno household"))
        self.assertTrue(self.importer.last_sync_date)

    def test_the_full_mode_asks_for_everybody_at_every_run(self):
        self.import_records(*families(2, size=1))
        self.run_import()
        self.assertEqual(self._since(), [None, None])

    def test_the_incremental_mode_asks_for_everybody_at_the_first_run(self):
        self.importer.sync_mode = "incremental"
        self.import_records(*families(2, size=1))
        self.assertEqual(self._since(), [None])

    def test_the_incremental_mode_looks_back_over_the_overlap(self):
        self.importer.write(
            {
                "sync_mode": "incremental",
                "overlap_minutes": 90,
                "last_sync_date": "2026-03-02 09:45:00",
            }
        )
        run = self.import_records(*families(2, size=1))
        self.assertEqual(self._since(), ["2026-03-02T08:15:00.000Z"])
        self.assertEqual(run.created_since, Datetime.to_datetime("2026-03-02 08:15:00"))

    def test_every_page_of_a_run_looks_from_the_same_moment_on(self):
        self.importer.write(
            {
                "sync_mode": "incremental",
                "overlap_minutes": 0,
                "last_sync_date": "2026-03-02 09:45:00",
                "page_size": 1,
            }
        )
        self.import_records(*families(2, size=1))
        self.assertEqual(self._since(), ["2026-03-02T09:45:00.000Z"] * 3)

    def test_the_incremental_mode_brings_who_is_new_and_leaves_the_others_alone(self):
        self.importer.write({"sync_mode": "incremental", "overlap_minutes": 0})
        old = [{**one, "create_date": "2024-01-01T10:00:00"} for one in families(2)]
        self.import_records(*old)
        run = self.change_and_import(*families(1, start=7))
        self.assertOutcome(run, created=1)
        self.assertEqual(run.member_ended_count, 0)
        self.assertEqual(len(self.importer.imported_registrant_ids), 15)
