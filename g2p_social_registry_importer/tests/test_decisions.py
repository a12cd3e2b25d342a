from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import ImporterCase
from .people import CARD, NATIONAL, household, identifier, person


@tagged("post_install", "-at_install")
class TestDecisions(ImporterCase):
    """A conflict is shown until a person decides; the decision is applied, and holds."""

    def setUp(self):
        super().setUp()
        self.social_registry.put_registrants(
            [household("h1", "First household", "C-1"), household("h2", "Second household", "C-2")]
        )
        self.run_import()
        self.first, self.second = self.holder("C-1"), self.holder("C-2")
        self.voter = self.env["g2p.id.type"].create({"name": "Test Voter ID"})
        self.env["g2p.reg.id"].create(
            {"partner_id": self.second.id, "id_type": self.voter.id, "value": "V-1"}
        )
        ids = [identifier(CARD, "C-1"), identifier("Test Voter ID", "V-1")]
        self.social_registry.patch_registrants([household("h1", "Renamed household", reg_ids=ids)])
        self.conflict_run = self.run_import()
        self.issue = self.conflict_run.issue_ids

    def resolve(self, decision, registrant=None):
        action = self.issue.with_user(self.operator).action_resolve()
        wizard = self.env[action["res_model"]].with_user(self.operator).browse(action["res_id"])
        with Form(wizard) as form:
            form.decision = decision
            if registrant:
                form.registrant_id = registrant
        wizard.action_resolve()

    def test_the_conflict_names_its_candidates_and_shows_the_record(self):
        self.assertOutcome(self.conflict_run, "incomplete", unchanged=1, conflict=1)
        self.assertEqual(self.issue.candidate_ids, self.first | self.second)
        action = self.issue.with_user(self.operator).action_resolve()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        self.assertIn("name: Renamed household", wizard.record_text)
        self.assertIn(f"{CARD}: C-1", wizard.record_text)

    def test_it_is_this_registrant(self):
        self.social_registry.clear_log()
        self.resolve("registrant", self.first)
        self.assertEqual(self.first.name, "Renamed household")
        self.assertEqual(
            self.second.reg_ids.filtered(lambda r: r.id_type == self.voter).value, "V-1"
        )
        self.assertOutcome(self.conflict_run, "done", unchanged=1, updated=1)
        self.assertCodes(self.conflict_run, "held_elsewhere")
        self.assertEqual(self.social_registry.log(), [])

    def test_a_decision_about_a_cancelled_run_is_applied_by_the_next_one(self):
        self.issue.run_id.state = "cancelled"
        self.resolve("registrant", self.first)
        self.assertEqual(self.first.name, "First household")
        self.assertOutcome(self.run_import(), "done", unchanged=1, updated=1)
        self.assertEqual(self.first.name, "Renamed household")

    def test_the_decision_holds_in_the_next_run(self):
        self.resolve("registrant", self.first)
        self.assertOutcome(self.run_import(), "done", unchanged=2)

    def test_it_is_somebody_new_and_known_from_then_on(self):
        self.resolve("create")
        created = self.env["res.partner"].search([("name", "=", "Renamed household")])
        self.assertEqual(len(created), 1)
        self.assertFalse(created & (self.first | self.second))
        self.assertFalse(created.reg_ids)
        self.assertOutcome(self.run_import(), "done", unchanged=2)

    def test_an_ignored_record_is_skipped_now_and_later_and_told(self):
        self.resolve("ignore")
        self.assertOutcome(self.conflict_run, "done", unchanged=1, skipped=1)
        run = self.run_import()
        self.assertOutcome(run, "done", unchanged=1, skipped=1)
        self.assertCodes(run, "ignored")
        self.assertEqual(self.first.name, "First household")

    def test_whom_an_ignored_record_may_be_about_is_not_missed(self):
        members = person("p1", "BANDA, JUMA", "N-1")
        ids = [identifier(CARD, "C-1"), identifier("Test Voter ID", "V-1")]
        home = household("h1", "Renamed household", reg_ids=ids, members=["p1"])
        self.social_registry.patch_registrants([members, home])
        self.resolve("ignore")
        run = self.run_import()
        self.assertOutcome(run, "done", unchanged=1, skipped=1)
        links = self.importer.imported_registrant_ids
        self.assertEqual(links.registrant_id, self.first | self.second)
        self.assertFalse(any(links.mapped("not_seen_since")))
        self.assertEqual((self.conflict_run.not_seen_count, run.not_seen_count), (0, 0))

    def test_a_decision_withdrawn_brings_the_conflict_back(self):
        self.resolve("ignore")
        decisions = self.env["g2p.social.registry.import.decision"].search([])
        decisions.with_user(self.operator).action_withdraw()
        self.assertOutcome(self.run_import(), "incomplete", unchanged=1, conflict=1)

    def test_a_person_cannot_be_chosen_for_a_household(self):
        someone = self.env["res.partner"].create({"name": "BANDA, IFEOMA", "is_registrant": True})
        with self.assertRaisesRegex(UserError, "same kind"):
            self.resolve("registrant", someone)
        self.assertFalse(self.env["g2p.social.registry.import.decision"].search([]))

    def test_a_decision_after_the_staged_record_expired_is_followed_by_the_next_run(self):
        self.conflict_run.page_ids.payload = False
        self.resolve("registrant", self.first)
        self.assertEqual(self.first.name, "First household")
        self.assertOutcome(self.run_import(), "done", unchanged=1, updated=1)

    def test_a_member_in_conflict_is_decided_about_like_a_household(self):
        ids = [identifier(NATIONAL, "N-1"), identifier("Test Voter ID", "V-7")]
        people = self.env["res.partner"].create(
            [
                {"name": "BANDA, JUMA", "is_registrant": True},
                {"name": "BANDA, J.", "is_registrant": True},
            ]
        )
        self.env["g2p.reg.id"].create(
            [
                {"partner_id": people[0].id, "id_type": self.national.id, "value": "N-1"},
                {"partner_id": people[1].id, "id_type": self.voter.id, "value": "V-7"},
            ]
        )
        member = person("p", "BANDA, JUMA A.", reg_ids=ids)
        self.social_registry.put_registrants(
            [member, household("h2", "Second household", "C-2", ["p"])]
        )
        run = self.run_import()
        self.issue = run.issue_ids
        self.assertCodes(run, "several_registrants")
        self.resolve("registrant", people[0])
        self.assertOutcome(run, "done", updated=1)
        self.assertEqual(run.member_updated_count, 1)
        self.assertEqual(self.rows(self.second).individual, people[0])
        self.assertEqual(people[0].name, "BANDA, JUMA A.")
        self.assertOutcome(self.run_import(), "done", unchanged=1)
