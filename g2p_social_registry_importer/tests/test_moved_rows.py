from odoo.tests import tagged

from .common import ImporterCase
from .people import NATIONAL, families, identifier, person


@tagged("post_install", "-at_install")
class TestMovedRows(ImporterCase):
    """Rows that come and go at the source during a run make nobody missed or counted twice."""

    def setUp(self):
        super().setUp()
        self.importer.target_registry = "individual"
        self.importer.query = "{ getRegistrants { name regIds { idTypeAsStr value } } }"
        self.importer.page_size = 2
        people = [person(f"p{n}", f"BANDA, {n}", f"N-{n}") for n in range(7)]
        self.social_registry.put_registrants(people)

    def _import_while(self, *happenings, fetched=2):
        """Import; once so many pages are fetched, these things happen at the source."""
        run = self.start()
        while run.page_count < fetched:
            self.queue.perform(self.queue.waiting[0])
        for happen in happenings:
            happen()
        self.queue.work_off()
        return run

    def _gone(self, number):
        return lambda: self.social_registry.delete_registrant(f"p{number}")

    def _patched(self, *records):
        return lambda: self.social_registry.patch_registrants(records)

    def test_a_row_deleted_on_an_earlier_page_makes_nobody_missed(self):
        run = self._import_while(self._gone(0))
        self.assertOutcome(run, "done", created=7)
        pages = run.page_ids.sorted("number")
        self.assertEqual(pages.mapped("received_count"), [2, 2, 2, 1])
        self.assertEqual(pages.mapped("offset"), [0, 2, 4, 6])
        self.assertEqual(pages.mapped("shift"), [0, 0, -1, -1])
        self.assertTrue(all(self.holder(f"N-{n}") for n in range(7)))

    def test_so_do_several_and_the_last_one_that_was_fetched(self):
        run = self._import_while(self._gone(0), self._gone(2), self._gone(3))
        self.assertOutcome(run, "done", created=7)

    def test_a_row_that_comes_in_front_makes_nobody_counted_twice(self):
        self.social_registry.patch_registrants([{"key": "p0", "active": False}])
        run = self._import_while(self._patched({"key": "p0", "active": True}))
        self.assertOutcome(run, "done", created=6)
        self.assertEqual(run.page_ids.sorted("number").mapped("shift"), [0, 0, 1, 1])

    def test_a_row_that_is_edited_after_it_was_fetched_is_left_to_the_next_run(self):
        run = self._import_while(self._patched({"key": "p3", "name": "BANDA, NEW"}))
        self.assertOutcome(run, "done", created=7)
        self.assertOutcome(self.run_import(), "done", unchanged=6, updated=1)

    def test_issues_are_numbered_by_what_came_wherever_the_rows_are_now(self):
        self.social_registry.patch_registrants([{"key": "p6", "reg_ids": []}])
        run = self._import_while(self._gone(0))
        self.assertOutcome(run, "done", created=6, skipped=1)
        self.assertEqual(run.issue_ids.record_number, 7)
        self.assertEqual(run.issue_ids._staged_record()["name"], "BANDA, 6")

    def test_rows_that_cannot_be_found_again_leave_the_run_incomplete_in_words(self):
        def replace_everybody():
            people = [person(f"x{n}", f"OTIENO, {n}", f"X-{n}") for n in range(7)]
            self.social_registry.put_registrants(people)

        run = self._import_while(replace_everybody)
        self.assertOutcome(run, "incomplete", created=4)
        self.assertIn("fetch again", run.state_text)
        self.assertFalse(self.importer.last_sync_date)
        self.assertOutcome(self.run_import(), "done", created=7)

    def test_where_to_go_on_is_not_guessed_once_the_staged_rows_have_expired(self):
        self.importer.max_pages = 2
        run = self.run_import()
        self.importer.max_pages = 20
        run.page_ids.payload = False
        with self.assertRefused("expired"):
            run.with_user(self.operator).action_retry()

    def test_two_rows_that_say_the_same_are_two_rows_on_the_smallest_pages_too(self):
        self.importer.page_size = 1
        twins = [person(f"p{n}", "BANDA, JUMA", "N-1") for n in (0, 1, 2)]
        run = self.import_records(*twins)
        self.assertEqual((run.state, run.received_count), ("done", 3))
        self.assertOutcome(run, "done", created=1, unchanged=2)

    def test_the_same_rows_on_pages_apart_are_rows_all_the_same(self):
        self.importer.page_size = 1
        run = self.import_records(
            person("p0", "BANDA, JUMA", "N-1"),
            person("p1", "BANDA, ZURI", "N-2"),
            person("p2", "BANDA, JUMA", "N-1"),
        )
        self.assertOutcome(run, "done", created=2, unchanged=1)

    def test_pages_of_refused_rows_only_do_not_stop_the_run(self):
        refused = [
            person(f"p{n}", f"BANDA, {n}", reg_ids=[identifier(NATIONAL, "")]) for n in range(4)
        ]
        run = self.import_records(*refused, person("p9", "BANDA, 9", "N-9"))
        self.assertOutcome(run, "incomplete", created=1, failed=4)

    def test_households_behind_a_deleted_one_are_not_taken_for_gone(self):
        self.importer.write({"target_registry": "group", "page_size": 2})
        self.social_registry.put_registrants(families(7, size=1))
        self.assertOutcome(self.run_import(), "done", created=7)
        run = self._import_while(lambda: self.social_registry.delete_registrant("h0"))
        self.assertOutcome(run, "done", unchanged=7)
        self.assertEqual(run.not_seen_count, 0)
