from odoo.tests import tagged

from .common import ImporterCase
from .people import families


@tagged("post_install", "-at_install")
class TestSteadiness(ImporterCase):
    """What a run goes by stays what it is until nothing goes by it any more."""

    def setUp(self):
        super().setUp()
        self.social_registry.put_registrants(families(2, size=1))
        self.elsewhere = self._create_data_source(name="Another registry")
        self.company = self.env["res.company"].create({"name": "Another ministry"})
        self.program = self.env["g2p.program"].create({"name": "Fuel", "target_type": "group"})
        self.changes = {
            "data_source_id": self.elsewhere.id,
            "target_registry": "individual",
            "target_program": self.program.id,
            "company_id": self.company.id,
        }

    def assertKept(self):
        for name, value in self.changes.items():
            with self.subTest(name), self.assertRefused("under way, or being undone"):
                self.importer.with_user(self.manager).write({name: value})

    def test_it_cannot_be_changed_while_a_run_is_under_way(self):
        run = self.start()
        self.assertKept()
        run.with_user(self.operator).action_pause()
        self.assertKept()

    def test_it_cannot_be_changed_while_a_run_is_being_undone(self):
        self.run_import().with_user(self.manager).action_undo()
        self.assertKept()

    def test_what_stays_the_same_or_is_not_gone_by_can_be_written(self):
        self.start()
        same = {"data_source_id": self.data_source.id, "target_registry": "group"}
        self.importer.with_user(self.manager).write({"page_size": 3, **same})
        self.assertEqual(self.importer.page_size, 3)

    def test_it_can_be_changed_when_the_run_has_ended(self):
        self.run_import()
        source = {"data_source_id": self.elsewhere.id, "target_program": self.program.id}
        self.importer.with_user(self.manager).write(source)
        self.assertEqual(self.importer.target_program, self.program)

    def test_an_import_that_was_run_stays_with_its_company(self):
        self.importer.company_id = self.company
        self.importer.company_id = self.env.company
        self.run_import()
        with self.assertRefused("Duplicate the import"):
            self.importer.company_id = self.company

    def test_records_of_one_source_are_not_brought_in_as_those_of_another(self):
        self.card.id_validation = "^C-0"
        run = self.run_import()
        self.assertOutcome(run, "incomplete", created=1, failed=1)
        self.card.id_validation = False
        self.importer.data_source_id = self.elsewhere
        for records in (run, run.issue_ids):
            with self.assertRefused("another data source"):
                records.with_user(self.operator).action_retry()
        self.importer.data_source_id = self.data_source
        run.with_user(self.operator).action_retry()
        self.queue.work_off()
        self.assertOutcome(run, "done", created=2)
        self.assertEqual(self.holder("C-1").data_source_id, self.data_source)
