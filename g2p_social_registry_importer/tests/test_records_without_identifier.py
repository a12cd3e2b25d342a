from odoo.tests import tagged

from .common import ImporterCase
from .people import household, person


@tagged("post_install", "-at_install")
class TestRecordsWithoutIdentifier(ImporterCase):
    def _allow(self):
        self.importer.import_registrant_without_id = True

    def _households(self):
        return self.importer.imported_registrant_ids.filtered("is_group").registrant_id

    def test_they_are_skipped_and_listed(self):
        run = self.import_records(
            household("h1", "عائلة منصور"), household("h2", "Otieno household", "C-2")
        )
        self.assertOutcome(run, created=1, skipped=1)
        self.assertCodes(run, "no_identifier")
        self.assertEqual((run.issue_ids.record_number, run.issue_ids.outcome), (1, "skipped"))
        self.assertEqual(self._households(), self.holder("C-2"))

    def test_members_of_a_skipped_household_are_not_imported(self):
        run = self.import_records(
            person("p1", "منصور, ليلى", "N-1"), household("h1", "عائلة منصور", members=["p1"])
        )
        self.assertOutcome(run, skipped=1)
        self.assertEqual(run.member_created_count, 0)
        self.assertFalse(self.holder("N-1"))

    def test_their_members_are_recognised_as_well(self):
        self._allow()
        self.import_records(
            person("p1", "منصور, ليلى"), household("h1", "عائلة منصور", members=["p1"])
        )
        run = self.change_and_import({"key": "p1", "address": "شارع 4"})
        self.assertOutcome(run, updated=1)
        self.assertEqual(run.member_updated_count, 1)
        self.assertEqual(len(self.rows(self._households())), 1)

    def test_the_second_of_two_twins_is_a_conflict_and_is_not_written(self):
        self._allow()
        run = self.import_records(
            household("h1", "عائلة منصور", address="شارع 4"),
            household("h2", "عائلة منصور", address="شارع 9"),
        )
        self.assertOutcome(run, "incomplete", created=1, conflict=1)
        self.assertCodes(run, "twice_without_identifier")
        self.assertEqual(self._households().address, "شارع 4")

    def test_twins_on_two_pages_are_a_conflict_too(self):
        self._allow()
        self.importer.page_size = 1
        run = self.import_records(
            household("h1", "عائلة منصور", address="شارع 4"),
            household("h2", "عائلة منصور", address="شارع 9"),
        )
        self.assertOutcome(run, "incomplete", created=1, conflict=1)

    def test_a_page_that_is_imported_again_meets_itself_and_no_twin(self):
        self._allow()
        run = self.import_records(household("h1", "عائلة منصور"), household("h2", "Otieno"))
        page = run.page_ids
        run.state, page.state = "importing", "fetched"
        page.with_user(self.operator)._import()
        self.assertFalse(run.issue_ids)
        self.assertEqual(page.unchanged_count, 2)

    def test_a_retry_of_the_other_records_of_the_page_leaves_them_alone(self):
        self._allow()
        self.card.id_validation = "C-"
        self.import_records(household("h1", "عائلة منصور"), household("h2", "Otieno", "X-1"))
        run = self.importer.run_ids
        self.assertOutcome(run, "incomplete", created=1, failed=1)
        self.card.id_validation = False
        run.with_user(self.operator).action_retry()
        self.queue.work_off()
        self.assertOutcome(run, created=2)
        self.assertFalse(run.issue_ids)

    def test_another_import_does_not_recognise_them_by_name(self):
        """Names are no proof across sources: only what this import brought itself is compared."""
        self._allow()
        self.import_records(household("h1", "عائلة منصور"))
        other = self._create_importer(name="Other import", import_registrant_without_id=True)
        self.assertOutcome(self.run_import(other), created=1)
        self.assertFalse(other.imported_registrant_ids.registrant_id & self._households())
