import re
from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Datetime
from odoo.tests import tagged
from odoo.tools import html2plaintext

from .common import INDIVIDUALS, ImporterCase
from .people import families, household

TRUSTED = {
    "checkup_obeys_limit": "yes",
    "checkup_obeys_offset": "yes",
    "checkup_obeys_order": "yes",
    "checkup_obeys_filter": "yes",
    "checkup_sees_new": "yes",
    "checkup_sees_updates": "yes",
    "checkup_sees_member_updates": "yes",
}
OLD = "2024-01-05T10:00:00"


@tagged("post_install", "-at_install")
class TestSyncModes(ImporterCase):
    """Whom a run asks for."""

    def setUp(self):
        super().setUp()
        self.social_registry.put_registrants(
            [{**one, "create_date": OLD, "write_date": OLD} for one in families(2, size=1)]
        )

    def _runs(self, number):
        """So many runs, one after the other; whether they asked for everybody."""
        return [self.run_import().is_full_pass for _number in range(number)]

    def _since(self):
        query = self.social_registry.log()[-1]["envelope"]["message"]["search_request"][0]
        found = re.search(r'lastSyncDate:"([^"]*)"', query["search_criteria"]["query"])
        return found and found[1]

    # -- what the check-up advises ---------------------------------------------------------------

    def test_a_registry_of_which_nothing_is_known_is_fetched_in_full(self):
        self.assertEqual(self._runs(2), [True, True])
        self.assertFalse(self._since())

    def test_a_registry_that_keeps_its_promises_is_asked_for_who_is_new(self):
        self.data_source.write(TRUSTED)
        self.importer.overlap_minutes = 30
        self.assertEqual(self.importer.advised_strategy, "incremental")
        self.assertEqual(self._runs(2), [True, False])
        before = self.importer.run_ids[1].cursor_after - timedelta(minutes=30)
        self.assertEqual(self.importer.run_ids[0].created_since, before)
        self.assertEqual(self._since()[:19], before.isoformat()[:19])

    def test_a_registry_that_hides_changes_is_fetched_in_full_every_few_days(self):
        self.data_source.write({**TRUSTED, "checkup_sees_updates": "no"})
        self.importer.full_pass_days = 3
        self.assertEqual(self.importer.advised_strategy, "incremental_full")
        self.assertEqual(self._runs(3), [True, False, False])
        last = self.importer.last_full_sync_date
        self.importer.last_full_sync_date = Datetime.now() - timedelta(days=3, minutes=1)
        self.assertEqual(self._runs(2), [True, False])
        self.assertGreaterEqual(self.importer.last_full_sync_date, last)

    def test_what_matters_for_households_need_not_matter_for_individuals(self):
        self.data_source.write({**TRUSTED, "checkup_sees_member_updates": "no"})
        people = self._create_importer(target_registry="individual", query=INDIVIDUALS)
        self.assertEqual(self.importer.advised_strategy, "incremental_full")
        self.assertEqual(people.advised_strategy, "incremental")

    def test_b05_changes_arrive_although_the_filter_of_the_registry_hides_them(self):
        self.data_source.checkup_date = False
        self.importer.overlap_minutes = 0
        changed = household("h9", "Household 9", "C-9", create_date=OLD, write_date="2024-05-01")
        self.social_registry.patch_registrants([changed])
        self.run_import()
        self.social_registry.patch_registrants([{"key": "h9", "address": "Kilima Road 4"}])
        self.assertFalse(self.run_import().is_full_pass)
        self.assertFalse(self.holder("C-9").address)
        self.importer.last_full_sync_date = Datetime.now() - timedelta(days=8)
        self.assertTrue(self.run_import().is_full_pass)
        self.assertEqual(self.holder("C-9").address, "Kilima Road 4")

    # -- what the manager says -------------------------------------------------------------------

    def test_a_manager_may_overrule_the_advice(self):
        self.data_source.write(TRUSTED)
        self.importer.sync_mode = "full"
        self.assertEqual(self._runs(2), [True, True])
        self.assertIn("the import is set to it", self.importer.run_ids[0].pass_reason)

    def test_who_is_new_means_never_everybody_again(self):
        self.importer.sync_mode = "incremental"
        self.assertEqual(self._runs(2), [True, False])
        self.importer.last_full_sync_date = Datetime.now() - timedelta(days=400)
        self.assertEqual(self._runs(1), [False])

    def test_who_is_new_and_everybody_now_and_then(self):
        self.importer.sync_mode = "incremental_full"
        self.assertEqual(self._runs(2), [True, False])
        self.importer.last_full_sync_date = False
        self.assertEqual(self._runs(2), [True, False])

    def test_another_query_concerns_those_who_are_here_already(self):
        self.importer.sync_mode = "incremental"
        self._runs(2)
        self.importer.query = self.importer.query.replace("email", "")
        run = self.run_import()
        self.assertTrue(run.is_full_pass)
        self.assertIn("the query, its target or its source", run.pass_reason)
        self.assertEqual(self._runs(1), [False])

    def test_another_source_has_other_people(self):
        self.importer.sync_mode = "incremental"
        self._runs(2)
        self.importer.data_source_id = self._create_data_source(name="Test Registry of the South")
        self.assertEqual(self._runs(2), [True, False])

    # -- the cursor ------------------------------------------------------------------------------

    def test_only_a_full_pass_that_is_done_counts_as_one(self):
        self.importer.sync_mode = "incremental"
        self._runs(1)
        first = self.importer.run_ids[0].cursor_after
        self.assertEqual(self.importer.last_full_sync_date, first)
        self._runs(1)
        self.assertEqual(self.importer.last_full_sync_date, first)
        self.importer.sync_mode = "full"
        self.social_registry.set_dials(rjct=True)
        self.assertEqual(self.run_import().state, "failed")
        self.assertEqual(self.importer.last_full_sync_date, first)

    def test_a_manager_resets_it_and_everybody_can_see_who_did(self):
        self.importer.sync_mode = "incremental"
        self._runs(2)
        synced = self.importer.last_sync_date
        self.importer.with_user(self.manager).action_reset_cursor()
        self.assertFalse(self.importer.last_sync_date or self.importer.last_full_sync_date)
        message = self.importer.message_ids[0]
        self.assertEqual(message.author_id, self.manager.partner_id)
        self.assertIn(f"was {Datetime.to_string(synced)}", html2plaintext(message.body))
        self.assertEqual(self._runs(2), [True, False])
        self.assertEqual(self.importer.with_user(self.operator).message_ids[0], message)

    def test_an_operator_may_not_reset_it(self):
        self._runs(1)
        with self.assertRaisesRegex(UserError, "Only import managers"):
            self.importer.with_user(self.operator).action_reset_cursor()
        self.assertTrue(self.importer.last_sync_date)

    def test_it_is_not_reset_under_a_run_that_would_set_it_again(self):
        self.start()
        with self.assertRaisesRegex(UserError, "Wait until the run has ended"):
            self.importer.with_user(self.manager).action_reset_cursor()
