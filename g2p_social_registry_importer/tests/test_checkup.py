from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Datetime
from odoo.tests import tagged

from .common import ImporterCase
from .people import household

OLD, LATER = "2024-01-05T10:00:00", "2024-03-05T10:00:00"


@tagged("post_install", "-at_install")
class TestCheckUp(ImporterCase):
    def setUp(self):
        super().setUp()
        self.data_source.checkup_date = False
        self.social_registry.put_registrants(
            [
                household("h1", "Household 1", "C-1", create_date=OLD, write_date=OLD),
                household("h2", "Household 2", "C-2", create_date=OLD, write_date=LATER),
                household("h3", "Household 3", "C-3", create_date=LATER, write_date=LATER),
            ]
        )

    def _check_up(self):
        self.data_source.with_user(self.manager).action_check_up()

    def test_a_manager_learns_what_the_registry_does(self):
        self._check_up()
        self.assertRecordValues(
            self.data_source,
            [
                {
                    "checkup_strategy": "incremental_full",
                    "checkup_obeys_limit": "yes",
                    "checkup_obeys_offset": "yes",
                    "checkup_obeys_order": "yes",
                    "checkup_total_is_total": "no",
                    "checkup_obeys_filter": "yes",
                    "checkup_sees_new": "yes",
                    "checkup_sees_updates": "no",
                    "checkup_sees_member_updates": "unknown",
                    "checkup_shows_clock": "yes",
                }
            ],
        )
        self.assertIn("who is new, but not who was changed", self.data_source.checkup_text)
        self.assertLess(abs(self.data_source.checkup_clock_skew), 10)
        text = self.data_source.source_schema_text
        self.assertIn("type RegIds {\n  idTypeAsStr: String!\n  value: String!\n", text)
        self.assertIn("getRegistrants(isGroup: Boolean, limit: Int, ", text)

    def test_a_registry_of_individuals_is_asked_about_individuals(self):
        self.importer.target_registry = "individual"
        self._check_up()
        queries = [
            search["envelope"]["message"]["search_request"][0]["search_criteria"]
            for search in self.social_registry.log()
        ]
        self.assertEqual({one["reg_type"] for one in queries}, {"G2P:RegistryType:Individual"})
        self.assertNotIn("isGroup:true", "".join(one["query"] for one in queries))

    def test_a_registry_that_cannot_be_asked_is_an_error_in_words(self):
        self._check_up()
        before = self.data_source.checkup_date
        self.social_registry.set_dials(html=True)
        with self.assertRaisesRegex(UserError, "Nothing is served at this path"):
            self._check_up()
        self.assertEqual(self.data_source.checkup_date, before)

    def test_the_first_run_has_it_made(self):
        run = self.run_import()
        self.assertOutcome(run, created=3)
        self.assertTrue(self.data_source.checkup_date)
        self.assertEqual(self.data_source.checkup_strategy, "incremental_full")

    def test_a_run_of_a_source_that_was_checked_asks_for_its_page_only(self):
        self.run_import()
        self.social_registry.clear_log()
        self.run_import()
        self.assertEqual(len(self.social_registry.log()), 1)

    def test_it_is_made_again_when_it_is_too_old(self):
        self.env["ir.config_parameter"].set_param("g2p_import_social_registry.checkup_days", "9")
        now = Datetime.now()
        self.data_source.checkup_date = now - timedelta(days=8)
        self.run_import()
        self.assertFalse(self.data_source.checkup_strategy)
        self.data_source.checkup_date = now - timedelta(days=10)
        self.run_import()
        self.assertTrue(self.data_source.checkup_strategy)
        self.assertGreaterEqual(self.data_source.checkup_date, now)

    def test_a_check_up_that_fails_stops_no_import(self):
        self.social_registry.set_dials(http_500={"calls": 1})
        run = self.run_import()
        self.assertOutcome(run, created=3)
        self.assertTrue(run.is_full_pass)
        self.assertIn("could not be made. The registry is busy or down (500)", run.pass_reason)
        self.assertFalse(self.data_source.checkup_date)

    def test_an_outdated_check_up_is_not_relied_on_when_a_new_one_fails(self):
        self.run_import()
        self.data_source.checkup_date = Datetime.now() - timedelta(days=31)
        self.social_registry.set_dials(http_500={"calls": 1})
        self.assertTrue(self.run_import().is_full_pass)

    def test_a_registry_that_refuses_every_question_is_imported_in_full(self):
        self.social_registry.set_dials(rjct={"calls": 2})
        run = self.run_import()
        self.assertOutcome(run, created=3)
        self.assertEqual(self.data_source.checkup_strategy, "full")
        self.assertIn("It declined a question", self.data_source.checkup_text)

    def test_what_was_found_out_at_another_address_is_forgotten(self):
        self._check_up()
        self.data_source.url = "https://other-registry.example.test"
        self.assertFalse(self.data_source.checkup_date)
        self.assertFalse(self.data_source.checkup_strategy)
        self.assertFalse(self.data_source.source_schema_text)
        self.assertEqual(self.data_source.checkup_obeys_filter, "unknown")

    def test_so_is_what_was_found_out_by_another_path(self):
        path = self.data_source.data_source_path_ids[:1]
        changes = (
            lambda: path.write({"value": "/other/search"}),
            lambda: path.copy({"key": "Other"}),
            path.unlink,
        )
        for number, change in enumerate(changes):
            with self.subTest(number):
                self.data_source.write({"checkup_date": Datetime.now(), "checkup_strategy": "full"})
                change()
                self.assertFalse(self.data_source.checkup_date)
                self.assertFalse(self.data_source.checkup_strategy)

    def test_what_was_found_out_is_forgotten_at_both_sources_when_a_path_moves(self):
        other = self._create_data_source(name="Other")
        self.data_source.data_source_path_ids[0].write({"key": "Moved", "data_source_id": other.id})
        self.assertFalse(self.data_source.checkup_date or other.checkup_date)

    def test_a_copy_knows_nothing_yet(self):
        self._check_up()
        copy = self.data_source.copy()
        self.assertFalse(copy.checkup_date or copy.checkup_strategy or copy.source_schema_text)

    def test_an_operator_may_not_start_it(self):
        with self.assertRaisesRegex(UserError, "Only import managers"):
            self.data_source.with_user(self.operator).action_check_up()
        self.assertFalse(self.social_registry.log())
