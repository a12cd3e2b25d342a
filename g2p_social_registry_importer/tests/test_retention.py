from datetime import timedelta
from unittest.mock import patch

from odoo.fields import Datetime
from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests import tagged

from ..mixins import import_run_retention
from .common import ImporterCase
from .people import NATIONAL, families, household, identifier

DAYS = "g2p_import_social_registry.staged_payload_days"


@tagged("post_install", "-at_install")
class TestRetention(ImporterCase):
    """Staged records and secrets are kept no longer, and go no further, than they have to."""

    def _vacuum(self):
        runs = self.env["g2p.social.registry.import.run"]
        for clean_up in (runs._gc_payloads, runs._gc_labels, runs._gc_errors):
            clean_up()
        self.env.flush_all()
        self.env.invalidate_all()

    def _age(self, run, **ago):
        run.ended_at = Datetime.now() - timedelta(**ago)
        self.env.flush_all()

    def test_staged_records_go_some_days_after_the_end_of_the_run(self):
        run = self.import_records(*families(2))
        self.assertTrue(run.page_ids.payload)
        self._age(run, days=6, hours=23)
        self._vacuum()
        self.assertTrue(run.page_ids.payload)
        self._age(run, days=7, hours=1)
        self._vacuum()
        self.assertFalse(run.page_ids.payload)
        self.assertOutcome(run, created=2)

    def test_what_the_registry_said_of_a_row_goes_with_the_records_and_the_issues(self):
        refused = household("bad", "No value", reg_ids=[identifier(NATIONAL, "")])
        run = self.import_records(*families(2, size=1), refused)
        issue = run.issue_ids
        self.assertEqual(issue.code, "refused_at_source")
        for days, kept in ((6, (True, True)), (8, (False, True)), (91, (False, False))):
            self._age(run, days=days)
            self._vacuum()
            self.assertEqual((bool(run.page_ids.refusals), bool(issue.reason)), kept)
        self.assertOutcome(run, "incomplete", created=2, failed=1)

    def test_words_of_our_own_stay_in_issues(self):
        run = self.import_records(household("h1", "Household without card"))
        self._age(run, days=91)
        self._vacuum()
        self.assertIn("no identifier", run.issue_ids.reason)

    def test_the_registrys_reason_to_fail_a_run_goes_as_its_issues_do(self):
        self.social_registry.set_dials(rjct="item")
        run = self.run_import()
        for days, kept in ((89, True), (91, False)):
            self._age(run, days=days)
            self._vacuum()
            self.assertEqual((bool(run.error), bool(run.page_ids[0].error)), (kept, kept))
        self.assertEqual((run.state, run.state_text), ("failed", "The run could not go on."))

    def test_the_number_of_days_is_a_system_parameter(self):
        self.env["ir.config_parameter"].set_param(DAYS, "1")
        run = self.import_records(*families(2))
        self._age(run, days=1, hours=1)
        self._vacuum()
        self.assertFalse(run.page_ids.payload)

    def test_a_run_under_way_keeps_its_records_however_long_it_takes(self):
        self.social_registry.put_registrants(families(2))
        run = self.start()
        self.queue.perform(self.queue.waiting)
        run.started_at = Datetime.now() - timedelta(days=30)
        self._vacuum()
        self.queue.work_off()
        self.assertOutcome(run, created=2)

    def test_the_daily_clean_up_of_odoo_calls_it_again_while_pages_are_left(self):
        self.importer.page_size = 2
        run = self.import_records(*families(3))
        self._age(run, days=8)
        clean_up = self.env["g2p.social.registry.import.run"]._gc_payloads
        self.assertTrue(clean_up._autovacuum)
        with patch.object(import_run_retention, "_EXPIRED_AT_ONCE", 1):
            rounds = [clean_up() for _round in range(3)]
        self.assertEqual(rounds, [(1, 1), (1, 1), (0, 0)])

    def test_a_copied_database_knows_no_client_no_secret_and_no_token(self):
        self.import_records(*families(1))
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("g2p_import_social_registry.client_id", "importer")
        parameters.set_param("g2p_import_social_registry.client_password", "CANARY-SECRET")
        self.assertTrue(self.data_source.access_token_value)
        self.env.flush_all()
        for query in get_neutralization_queries(["g2p_social_registry_importer"]):
            self.cr.execute(query)
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        self.assertFalse(self.data_source.oauth_client_id)
        self.assertFalse(self.data_source.oauth_client_secret_value)
        self.assertFalse(self.data_source.access_token_value)
        for name in ("client_id", "client_password"):
            self.assertFalse(parameters.get_param(f"g2p_import_social_registry.{name}"))

    def test_a_copied_database_cannot_import(self):
        self.social_registry.put_registrants(families(1))
        for query in get_neutralization_queries(["g2p_social_registry_importer"]):
            self.cr.execute(query)
        self.env.invalidate_all()
        run = self.run_import()
        self.assertOutcome(run, "failed")
        self.assertFalse(self.social_registry.log())

    def test_a_copied_database_starts_no_scheduled_import(self):
        self.importer.write({"is_scheduled": True, "owner_id": self.operator.id})
        self.env.flush_all()
        for query in get_neutralization_queries(["g2p_social_registry_importer", "base"]):
            self.cr.execute(query)
        self.env.invalidate_all()
        crons = self.env.ref("g2p_social_registry_importer.cron_schedule")
        self.assertFalse(crons.active and self.importer.is_scheduled)
