from odoo.tests import tagged

from .common import ImporterCase
from .people import families


@tagged("post_install", "-at_install")
class TestDrift(ImporterCase):
    """The schema of a registry is compared with that of the last run that was done."""

    def setUp(self):
        super().setUp()
        self.importer.drift_policy = "report"
        self.social_registry.put_registrants(families(1, size=1))
        self.first_run = self.run_import()

    def _run(self, **fields):
        """A run when these fields of the source's Partner are of another type, or None."""
        schema = {f"Partner.{name}": kind for name, kind in fields.items()}
        self.social_registry.set_dials(schema=schema or None)
        self.social_registry.clear_log()
        return self.run_import()

    def test_the_first_run_has_nothing_to_compare_with(self):
        self.assertEqual(self.first_run.state, "done")
        self.assertFalse(self.first_run.drift_text)
        self.assertIn("Partner", self.first_run.source_schema)
        self.assertNotIn("totalRegistrantCount", str(self.first_run.source_schema))

    def test_no_change_is_not_mentioned(self):
        self.assertFalse(self._run().drift_text)

    def test_new_fields_and_other_types_are_reported_once(self):
        run = self._run(nickname="String", gender="Int", kind=None)
        self.assertEqual(run.state, "done")
        self.assertEqual(
            run.drift_text.splitlines(),
            [
                "No longer there: Partner.kind.",
                "Of another type: Partner.gender (String → Int).",
                "New: Partner.nickname (String).",
            ],
        )
        again = self._run(nickname="String", gender="Int", kind=None)
        self.assertFalse(again.drift_text)

    def test_a_lost_field_that_the_query_asks_for_is_said_plainly(self):
        run = self._run(address=None)
        self.assertEqual(run.state, "failed")
        self.assertIn("Cannot query field 'address'", run.error)
        self.assertIn("The query asks for Partner.address, which the registry", run.drift_text)

    def test_what_a_failed_run_saw_is_reported_again(self):
        self._run(address=None)
        self.assertIn("Partner.address", self._run(address=None).drift_text)
        self.assertFalse(self._run().drift_text)

    def test_a_run_can_be_stopped_before_anything_is_fetched(self):
        self.importer.drift_policy = "stop"
        run = self._run(nickname="String")
        self.assertEqual((run.state, run.received_count), ("failed", 0))
        self.assertIn("set to stop then: nothing was fetched", run.state_text)
        self.assertEqual(run.drift_text, "New: Partner.nickname (String).")
        self.assertEqual(len(self.social_registry.log()), 1)
        self.assertEqual(self.importer.last_sync_date, self.first_run.cursor_after)

    def test_a_stopped_import_goes_on_when_the_change_was_reported(self):
        self.importer.drift_policy = "stop"
        self._run(nickname="String")
        self.importer.drift_policy = "report"
        self.assertEqual(self._run(nickname="String").state, "done")
        self.importer.drift_policy = "stop"
        self.assertEqual(self._run(nickname="String").state, "done")

    def test_who_does_not_look_asks_no_question(self):
        self.importer.drift_policy = "accept"
        run = self._run(nickname="String")
        self.assertFalse(run.drift_text)
        self.assertEqual(len(self.social_registry.log()), 2)

    def test_a_registry_that_hides_its_schema_from_now_on(self):
        self.social_registry.set_dials(no_introspection=True)
        run = self.run_import()
        self.assertEqual(run.state, "done")
        self.assertEqual(run.drift_text, "The registry does not show its schema any more.")
        self.importer.drift_policy = "stop"
        self.assertEqual(self.run_import().state, "failed")

    def test_a_registry_that_never_showed_its_schema_is_imported_without_a_word(self):
        self.importer.data_source_id = self._create_data_source(name="Test Registry of the South")
        self.importer.drift_policy = "stop"
        self.social_registry.set_dials(no_introspection=True)
        run = self.run_import()
        self.assertEqual((run.state, run.drift_text), ("done", False))

    def test_trouble_that_passes_is_waited_for_by_who_wants_to_stop(self):
        self.importer.drift_policy = "stop"
        self.social_registry.set_dials(
            http_500={"calls": 1}, schema={"value": {"Partner.nickname": "String"}}
        )
        run = self.run_import()
        self.assertIn("set to stop then", run.error)
        self.assertIn("Partner.nickname", run.drift_text)

    def test_trouble_that_passes_does_not_delay_the_others(self):
        self.social_registry.set_dials(http_500={"calls": 1})
        run = self.run_import()
        self.assertEqual((run.state, run.page_ids.attempts), ("done", 1))

    def test_types_that_no_field_of_the_query_leads_to_do_not_matter(self):
        self.importer.query = "{ getRegistrants { name regIds { idTypeAsStr value } } }"
        self.run_import()
        self.social_registry.set_dials(schema={"MemberKind.code": "String"})
        self.assertFalse(self.run_import().drift_text)
