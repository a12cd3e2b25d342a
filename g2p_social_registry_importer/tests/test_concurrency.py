from psycopg2.errors import DeadlockDetected

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.import_page import _STARTS_OVER
from .common import ImporterCase
from .people import families


@tagged("post_install", "-at_install")
class TestConcurrency(ImporterCase):
    """Another worker registers a person a moment earlier: the database objects, nobody is doubled.

    A trigger stands in for the unique index, which objects only to what another connection has
    committed.
    """

    def setUp(self):
        super().setUp()
        self.social_registry.put_registrants(families(3, size=1))
        self.run_of_today = self.start()
        self.queue.perform(self.queue.waiting)
        self.page = self.run_of_today.page_ids
        self.job = self.queue.waiting.filtered(lambda job: job.method_name == "_import")

    def _object(self, error_class="unique_violation"):
        """Refuse to store the ID N-1-0."""
        self.env.flush_all()
        self.cr.execute(
            f"""
            CREATE OR REPLACE FUNCTION test_object() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF NEW.value = 'N-1-0' THEN
                    RAISE EXCEPTION 'test' USING ERRCODE = '{error_class}';
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER test_object BEFORE INSERT ON g2p_reg_id
                FOR EACH ROW EXECUTE FUNCTION test_object();
            """
        )

    def _give_in(self):
        self.env.flush_all()
        self.cr.execute("DROP TRIGGER test_object ON g2p_reg_id")

    def _try(self, times=1):
        for _try in range(times):
            with mute_logger("odoo.sql_db", "odoo.addons.g2p_social_registry_importer"):
                self.queue.perform(self.job)

    def test_the_page_starts_over_and_nothing_of_it_is_kept(self):
        self._object()
        self._try()
        self.assertEqual((self.job.state, self.page.state), ("pending", "fetched"))
        self.assertIn("met another worker", self.job.result)
        self.assertFalse(self.holder("C-0") | self.holder("C-1"))
        self.assertFalse(self.importer.imported_registrant_ids)

    def test_then_it_goes_in(self):
        self._object()
        self._try(2)
        self._give_in()
        self.queue.work_off()
        self.assertOutcome(self.run_of_today, created=3)
        self.assertEqual(self.page.attempts, 3)

    def test_b21_what_the_other_worker_created_is_found_and_not_doubled(self):
        self._object()
        self._try()
        self._give_in()
        other = self._create_importer(name="Other import")
        self.assertOutcome(self.run_import(other), created=3)
        self.assertOutcome(self.run_of_today, unchanged=3)
        self.assertEqual(len(self.holder("N-1-0")), 1)

    def test_an_index_that_keeps_objecting_is_a_bad_record_in_the_end(self):
        self._object()
        self._try(_STARTS_OVER + 1)
        self.queue.work_off()
        self.assertOutcome(self.run_of_today, "incomplete", created=2, failed=1)
        self.assertCodes(self.run_of_today, "rejected")
        self.assertIn("UniqueViolation", self.run_of_today.issue_ids.reason)

    def test_a_deadlock_is_nobodys_fault_and_tried_again_by_the_queue(self):
        self._object("deadlock_detected")
        with self.assertRaises(DeadlockDetected), mute_logger("odoo.sql_db"):
            self.page.with_user(self.operator)._import()
        self._give_in()
        self.assertEqual(self.page.state, "fetched")
