from odoo.tests import tagged

from ..flow.outcome import Outcome, State
from ..meaning.problems import Code, Problem
from .common import ImporterCase
from .people import families, household

ISSUE = "g2p.social.registry.import.issue"


@tagged("post_install", "-at_install")
class TestNotedIssues(ImporterCase):
    """The issues of a page are noted at once, and are what ``create`` would have made."""

    def setUp(self):
        super().setUp()
        self.run = self.import_records(*families(2, size=1))
        self.page = self.run.page_ids
        self.issues = self.env[ISSUE].with_user(self.operator)

    def _vals(self):
        meant = tuple((self.holder("C-0") | self.holder("C-1")).ids)
        several = Problem(Code.SEVERAL_REGISTRANTS, "regIds", "“Ñ” % \\ '{x}'", "subject", meant)
        skipped = Problem(Code.NO_IDENTIFIER, "", "It has none.")
        return [
            self.issues._prepare_vals(self.page, several, Outcome(3, State.CONFLICT, label="C 7")),
            self.issues._prepare_vals(self.page, skipped, Outcome(5, State.SKIPPED)),
            self.issues._prepare_vals(
                self.page, skipped, Outcome(6, State.CREATED, registrant_id=meant[0])
            ),
            self.issues._prepare_vals(self.page, Problem(Code.ENROLMENT_REFUSED, "", "Full.")),
        ]

    def _stored(self, issues):
        stored = [name for name, field in self.env[ISSUE]._fields.items() if field.store]
        names = sorted(set(stored) - {"id"})
        self.env.flush_all()
        self.env.invalidate_all()
        # The superuser of the test: some of it is closed to everybody.
        return [{name: issue[name] for name in names} for issue in issues.with_env(self.env)]

    def test_they_are_what_create_would_have_made(self):
        made = self.issues.sudo().create(self._vals())
        noted = self.issues._note(self._vals())
        self.assertEqual(self._stored(noted), self._stored(made))
        self.assertEqual(noted.create_uid, self.operator)

    def test_they_are_shown_at_once(self):
        self.assertFalse(self.page.issue_ids or self.run.issue_ids or self.run.issue_count)
        noted = self.issues._note(self._vals())
        self.assertEqual(self.page.issue_ids, noted.with_env(self.env))
        self.assertEqual(self.run.issue_ids.sorted("id"), noted.with_env(self.env))
        self.assertEqual(self.run.issue_count, 4)
        self.assertIn("Issues to look at: 4", self.run.state_text)

    def test_no_problem_is_no_statement(self):
        with self.statements() as statements:
            self.assertFalse(self.issues._note([]))
        self.assertEqual(statements, [])

    def test_every_run_tells_again_who_was_skipped(self):
        records = [household("h7", "عائلة منصور"), household("h8", "Ñandú")]
        for run in (self.import_records(*records), self.run_import()):
            self.assertOutcome(run, skipped=2)
            self.assertCodes(run, "no_identifier", "no_identifier")
            self.assertEqual(run.issue_ids.mapped("record_number"), [1, 2])
