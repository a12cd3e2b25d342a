from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.fields import Datetime
from odoo.tests import tagged

from .common import ImporterCase
from .people import CARD, NATIONAL, families, household, identifier, person


@tagged("post_install", "-at_install")
class TestHeldData(ImporterCase):
    """What imports hold beside registrants, how much, until when; and removing it."""

    def setUp(self):
        super().setUp()
        ids = {"C-8": self.card, "N-8": self.national}
        for value, id_type in ids.items():
            row = {"id_type": id_type.id, "value": value}
            known = {"name": "Known", "is_registrant": True, "is_group": True}
            self.env["res.partner"].create({**known, "reg_ids": [(0, 0, row)]})
        both = [identifier(CARD, "C-8"), identifier(NATIONAL, "N-8")]
        self.conflict = household("h9", "Conflict", reg_ids=both)
        self.run_of_today = self.import_records(*families(2, size=2), self.conflict)
        self.issue = self.run_of_today.issue_ids.filtered("can_be_resolved")

    def _held(self, kind, importer=None):
        importer = importer or self.importer
        self.env.flush_all()
        held = self.env["g2p.social.registry.held.data"].with_user(self.officer)
        held.invalidate_model()
        return held.search([("import_id", "=", importer.id), ("kind", "=", kind)])

    def _purges(self):
        return self.env["g2p.social.registry.purge"].search([("import_id", "=", self.importer.id)])

    def test_every_kind_has_its_number_its_oldest_and_its_expiry(self):
        self.run_of_today.ended_at = ended = Datetime.now().replace(microsecond=0)
        self.issue._resolve("ignore", self.env["res.partner"])
        self.importer.imported_registrant_ids[0].not_seen_since = "2026-01-02 03:04:05"
        expected = {
            "staged": (1, timedelta(days=7)),
            "before_image": (6, timedelta(days=7)),
            "issue_label": (1, timedelta(days=90)),
            "link": (6, None),
            "not_seen": (1, None),
            "error": (1, timedelta(days=90)),
        }
        self.run_of_today.page_ids.error = "CANARY, NAME was refused"
        self.run_of_today.ended_at = ended
        for kind, (number, days) in expected.items():
            with self.subTest(kind):
                held = self._held(kind)
                self.assertEqual(held.number, number)
                self.assertEqual(held.expires_at, ended + days if days else False)
                self.assertTrue(held.oldest and held.purpose)
        self.assertEqual(str(self._held("not_seen").oldest), "2026-01-02 03:04:05")

    def test_identifiers_in_decisions_expire_some_days_after_they_were_made(self):
        self.issue._resolve("ignore", self.env["res.partner"])
        held = self._held("decision_label")
        self.assertEqual(held.expires_at, held.oldest + timedelta(days=90))
        decision = self.env["g2p.social.registry.import.decision"].search([], limit=1)
        for days, kept in ((89, True), (91, False)):
            made = Datetime.now() - timedelta(days=days)
            self.env.cr.execute(
                "UPDATE g2p_social_registry_import_decision SET create_date = %s", [made]
            )
            self.env.invalidate_all()
            decision._gc_labels()
            self.assertEqual(bool(decision.record_label), kept)
        self.assertTrue(decision.display_name)
        self.assertOutcome(self.run_import(), unchanged=2, skipped=1)

    def test_look_lists_the_rows(self):
        action = self._held("before_image").action_look()
        rows = self.env[action["res_model"]].with_user(self.officer).search(action["domain"])
        self.assertEqual(len(rows), 6)

    def test_purging_staged_records_leaves_the_run_and_its_balance(self):
        self._held("staged").action_purge()
        self.assertFalse(self.run_of_today.page_ids.payload)
        self.assertFalse(self._held("staged"))
        self.assertOutcome(self.run_of_today, "incomplete", created=2, conflict=1)
        with self.assertRefused("have expired"):
            self.issue.with_user(self.operator).action_retry()

    def test_a_purge_is_noted_and_the_note_stays(self):
        held = self._held("before_image")
        oldest = held.oldest
        held.action_purge()
        purge = self._purges()
        self.assertEqual(
            (purge.user_id, purge.kind, purge.number, purge.oldest, purge.import_name),
            (self.officer, "before_image", 6, oldest, self.importer.name),
        )
        for operation in (purge.unlink, lambda: purge.write({"number": 1})):
            with self.assertRaises(AccessError):
                operation()

    def test_purging_identifiers_leaves_the_issue_and_the_decision(self):
        self.issue._resolve("ignore", self.env["res.partner"])
        for kind in ("issue_label", "decision_label"):
            self._held(kind).action_purge()
            self.assertFalse(self._held(kind))
        self.assertEqual(len(self._purges()), 2)
        self.assertFalse(any(self.run_of_today.issue_ids.mapped("record_label")))
        run = self.run_import()
        self.assertOutcome(run, "done", unchanged=2, skipped=1)

    def test_purging_why_pages_failed_leaves_that_they_failed(self):
        self.social_registry.set_dials(rjct="item")
        run = self.run_import()
        self._held("error").action_purge()
        self.assertFalse(run.error or run.page_ids.error or self._held("error"))
        self.assertEqual((run.state, run.page_ids.state), ("failed", "failed"))

    def test_purging_who_is_no_longer_at_the_source_leaves_the_registrants(self):
        link = self.importer.imported_registrant_ids[0]
        registrant = link.registrant_id
        link.not_seen_since = Datetime.now()
        self._held("not_seen").action_purge()
        self.assertFalse(link.exists())
        self.assertTrue(registrant.exists() and registrant.active)

    def test_links_go_only_when_the_import_does_not_need_them_any_more(self):
        held = self._held("link")
        self.assertFalse(held.can_be_purged)
        with self.assertRefused("Archive the import first"):
            held.action_purge()
        self.importer.active = False
        self._held("link").action_purge()
        self.assertFalse(self.importer.imported_registrant_ids)

    def test_of_a_run_under_way_nothing_is_removed(self):
        self._held("staged").action_purge()
        self.start()
        self.queue.perform(self.queue.waiting[:1])
        held = self._held("staged")
        self.assertTrue(held.number)
        self.assertFalse(held.expires_at)
        with self.assertRefused("under way"):
            held.action_purge()
        self.queue.work_off()

    def test_only_officers_purge(self):
        held = self._held("staged").sudo()
        for user in self.operator | self.manager:
            with self.assertRaises(AccessError):
                held.with_user(user).action_purge()
        self.assertTrue(self.run_of_today.page_ids.payload)

    def test_officers_run_nothing(self):
        with self.assertRaises(AccessError):
            self.importer.with_user(self.officer).fetch_social_registry_beneficiary()
        with self.assertRaises(AccessError):
            self.run_of_today.with_user(self.officer).action_retry()

    def test_identifiers_in_issues_go_after_some_days_by_themselves(self):
        clean_up = self.env["g2p.social.registry.import.run"]._gc_labels
        self.assertTrue(clean_up._autovacuum)
        for days, kept in ((89, True), (91, False)):
            self.run_of_today.ended_at = Datetime.now() - timedelta(days=days)
            self.env.flush_all()
            clean_up()
            self.assertEqual(bool(self.issue.record_label), kept)
        self.assertTrue(self.issue.reason)

    def test_with_0_days_identifiers_in_issues_stay(self):
        parameter = "g2p_import_social_registry.issue_label_days"
        self.env["ir.config_parameter"].set_param(parameter, "0")
        self.run_of_today.ended_at = Datetime.now() - timedelta(days=4000)
        self.env["g2p.social.registry.import.run"]._gc_labels()
        self.assertTrue(self.issue.record_label)
        self.assertFalse(self._held("issue_label").expires_at)

    def test_a_person_by_name_is_found_in_no_purge(self):
        self.change_and_import(person("p-x", "CANARY, NAME", "CANARY-1"))
        for kind in ("staged", "before_image"):
            self._held(kind).action_purge()
        texts = f"{self._purges().read()}"
        self.assertNotIn("CANARY", texts)
