from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import ImporterCase
from .people import families


@tagged("post_install", "-at_install")
class TestStarting(ImporterCase):
    def test_the_button_shows_the_new_run_and_queues_one_page(self):
        self.social_registry.put_registrants(families(1))
        action = self.importer.with_user(self.operator).fetch_social_registry_beneficiary()
        run = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(run, self.importer.active_run_id)
        self.assertEqual((run.state, run.user_id), ("fetching", self.operator))
        self.assertEqual(self.queue.waiting.method_name, "_fetch")
        self.assertFalse(self.social_registry.log(), "nobody waits for the network at the button")

    def test_b26_a_second_run_of_the_same_import_is_refused_by_its_name(self):
        run = self.start()
        with self.assertRefused("is under way") as caught:
            self.start()
        self.assertIn(run.display_name, str(caught.exception))
        self.assertEqual(self.importer.run_ids, run)

    def test_while_the_last_pages_are_being_imported_it_is_refused_as_well(self):
        self.social_registry.put_registrants(families(1))
        run = self.start()
        self.queue.perform(self.queue.waiting)
        self.assertEqual(run.state, "importing")
        with self.assertRefused("is under way"):
            self.start()
        self.queue.work_off()
        self.assertFalse(self.importer.active_run_id)
        self.assertEqual(self.run_import().state, "done")

    def test_two_at_the_same_moment_are_told_apart_by_the_database(self):
        run = self.start()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError) as caught:
            run.copy({"state": "fetching"})
        words = run._sql_error_to_message(caught.exception)
        self.assertIn("under way already", words)

    def test_two_imports_run_beside_each_other(self):
        other = self._create_importer(name="Other import")
        self.social_registry.put_registrants(families(2))
        runs = self.start() | self.start(other)
        self.queue.work_off()
        self.assertEqual(runs.mapped("state"), ["done", "done"])
        self.assertEqual(sum(runs.mapped("created_count")), 2)

    def test_a_data_source_without_a_path_is_refused_with_the_name_of_the_path(self):
        paths = self.data_source.data_source_path_ids
        paths.filtered(lambda path: path.key == "Authentication").unlink()
        with self.assertRefused("lacks the URL path “Authentication”"):
            self.start()

    def test_the_run_keeps_the_query_as_it_was(self):
        run = self.start()
        before = self.importer.query
        self.importer.query = "{ getRegistrants { name } }"
        self.assertEqual(run.query, before)

    def test_a_cancelled_run_gives_up_what_is_not_in_and_keeps_what_is(self):
        self.importer.page_size = 1
        self.social_registry.put_registrants(families(3, size=1))
        run = self.start()
        for _job in range(2):
            self.queue.perform(self.queue.waiting[0])
        run.with_user(self.operator).action_cancel()
        self.queue.work_off()
        self.assertEqual((run.state, run.created_count), ("cancelled", 1))
        self.assertEqual(set(run.page_ids.mapped("state")), {"imported", "cancelled"})
        self.assertFalse(self.importer.last_sync_date)
        self.assertOutcome(self.run_import(), unchanged=1, created=2)
        with self.assertRefused("under way can be cancelled"):
            run.with_user(self.operator).action_cancel()

    def test_an_operator_of_another_company_neither_sees_nor_starts_the_import(self):
        company = self.env["res.company"].create({"name": "Test Ministry of the Other Province"})
        stranger = new_test_user(
            self.env,
            "test_stranger",
            groups="g2p_social_registry_importer.group_import_operator",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        imports = self.env["g2p.fetch.social.registry.beneficiary"].with_user(stranger)
        self.assertNotIn(self.importer, imports.search([]))
        with self.assertRaises(AccessError):
            self.importer.with_user(stranger).fetch_social_registry_beneficiary()
        run = self.start()
        with self.assertRaises(AccessError):
            run.with_user(stranger).action_cancel()
