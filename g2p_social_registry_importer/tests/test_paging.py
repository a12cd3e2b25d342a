from odoo.tests import tagged

from .common import ImporterCase
from .people import families


@tagged("post_install", "-at_install")
class TestPaging(ImporterCase):
    def setUp(self):
        super().setUp()
        self.importer.page_size = 2

    def _import(self, households, **dials):
        self.social_registry.put_registrants(families(households, size=1))
        self.social_registry.set_dials(**dials)
        return self.run_import()

    def _asked(self):
        return [(one["offset"], one["limit"]) for one in self.social_registry.log()]

    def test_a_short_page_is_the_last_one(self):
        run = self._import(5)
        self.assertOutcome(run, created=5)
        self.assertEqual(self._asked(), [(0, 2), (1, 3), (3, 3), (5, 1)])
        pages = run.page_ids.sorted("number")
        self.assertEqual(pages.mapped("number"), [1, 2, 3])
        self.assertEqual(pages.mapped("received_count"), [2, 2, 1])
        self.assertEqual((run.page_count, run.imported_page_count, run.progress), (3, 3, 100.0))

    def test_a_page_has_about_as_many_people_whether_they_live_in_households_or_not(self):
        importer = self._create_importer(name="Own", target_registry="individual")
        self.assertEqual(importer.page_size, 1000)
        importer.target_registry = "group"
        self.assertEqual(importer.page_size, 200)
        importer.page_size = 50
        self.assertEqual(importer.page_size, 50)

    def test_after_a_full_page_an_empty_one_ends_the_run(self):
        run = self._import(4)
        self.assertOutcome(run, created=4)
        self.assertEqual(self._asked(), [(0, 2), (1, 3), (3, 3)])

    def test_a_registry_that_sends_fewer_rows_at_a_time_is_read_to_its_end(self):
        self.importer.page_size = 50
        run = self._import(7, most_rows=3)
        self.assertOutcome(run, created=7)
        self.assertEqual(run.page_size, 2)
        self.assertEqual(self._asked(), [(0, 50), (3, 1), (2, 3), (4, 3), (6, 3)])

    def test_a_registry_that_sends_more_rows_than_it_is_asked_for_sends_nobody_twice(self):
        self.assertOutcome(self._import(5, ignore_limit=True), created=5)

    def test_a_short_first_page_with_nobody_behind_it_is_the_last_one(self):
        run = self._import(1)
        self.assertOutcome(run, created=1)
        self.assertEqual(self._asked(), [(0, 2), (1, 1)])

    def test_an_empty_registry_is_done_at_once(self):
        self.assertOutcome(self._import(0))
        self.assertEqual(self._asked(), [(0, 2)])

    def test_records_are_numbered_through_the_whole_run(self):
        records = families(5, size=1)
        records[-1]["reg_ids"] = []
        run = self.import_records(*records)
        self.assertEqual(run.issue_ids.record_number, 5)

    def test_a_registry_that_ignores_the_offset_is_found_out(self):
        run = self._import(5, repeat_page=True)
        self.assertOutcome(run, "failed", created=2)
        self.assertIn("does not obey the offset", run.state_text)
        self.assertEqual(self._asked(), [(0, 2), (1, 3), (0, 3)])
        self.assertFalse(self.importer.last_sync_date)

    def test_the_run_stops_at_the_most_pages_and_imports_all_it_has_fetched(self):
        self.importer.max_pages = 2
        run = self._import(5)
        self.assertOutcome(run, "incomplete", created=4)
        self.assertIn("stops after 2 pages", run.state_text)
        self.assertIn("Raise “Most Pages”", run.state_text)
        self.assertEqual(self._asked(), [(0, 2), (1, 3)])
        self.assertFalse(self.importer.last_sync_date)

    def test_after_the_limit_is_raised_a_retry_fetches_the_rest(self):
        self.importer.max_pages = 2
        run = self._import(7)
        self.importer.max_pages = 20
        run.with_user(self.operator).action_retry()
        self.queue.work_off()
        self.assertOutcome(run, created=7)
        self.assertEqual(self._asked(), [(0, 2), (1, 3), (3, 3), (5, 3), (7, 1)])

    def test_a_retry_without_a_higher_limit_fetches_nothing_more(self):
        self.importer.max_pages = 2
        run = self._import(7)
        run.with_user(self.operator).action_retry()
        self.queue.work_off()
        self.assertOutcome(run, "incomplete", created=4)
        self.assertIn("stops after 2 pages", run.state_text)
        self.assertEqual(self._asked(), [(0, 2), (1, 3)])

    def test_the_most_pages_are_enough_when_the_last_one_is_short(self):
        self.importer.max_pages = 2
        self.assertOutcome(self._import(3), created=3)

    def test_the_total_of_the_registry_is_not_believed(self):
        self.importer.query = """{
            totalRegistrantCount
            getRegistrants { name regIds { idTypeAsStr value } }
        }"""
        self.assertOutcome(self._import(5, wrong_total=1), created=5)

    def test_every_page_is_asked_for_in_one_fixed_order(self):
        self._import(3)
        for search in self.social_registry.log():
            query = search["envelope"]["message"]["search_request"][0]["search_criteria"]["query"]
            self.assertIn('order:"id asc"', query)
            self.assertIn("isGroup:true", query)
