from odoo.tests import tagged

from .common import ImporterCase
from .people import NATIONAL, families, household, identifier, person


@tagged("post_install", "-at_install")
class TestBadRowsAtSource(ImporterCase):
    """A registry that cannot render one row refuses its whole page; the others come in."""

    def setUp(self):
        super().setUp()
        self.two_kinds = household("bad", "Household of two kinds", "C-bad")
        self.two_kinds["members"] = [{"individual": "p", "kinds": ["Head", "Spouse"]}]
        self.no_value = household("bad2", "ID without value", reg_ids=[identifier(NATIONAL, "")])

    def put(self, *records):
        member = person("p", "BANDA, JUMA", "N-p")
        self.social_registry.put_registrants([*families(6, size=1), member, *records])

    def test_everybody_else_is_imported_and_the_row_is_listed_with_the_registrys_words(self):
        self.put(self.two_kinds)
        run = self.run_import()
        self.assertOutcome(run, "incomplete", created=6, failed=1)
        self.assertCodes(run, "refused_at_source")
        self.assertRegex(run.issue_ids.reason, "singleton")
        self.assertEqual(run.issue_ids.record_number, 7)

    def test_several_bad_rows_are_found(self):
        self.put(self.two_kinds, self.no_value)
        self.assertOutcome(self.run_import(), "incomplete", created=6, failed=2)

    def test_a_query_that_is_refused_whatever_the_rows_ends_the_run_after_two_calls(self):
        self.put()
        self.importer.query = "{ getRegistrants { nickname } }"
        self.assertOutcome(self.run_import(), "failed")
        self.assertEqual(len(self.social_registry.log()), 2)

    def test_once_mended_at_the_source_the_record_comes_in(self):
        self.put(self.two_kinds)
        self.run_import()
        self.two_kinds["members"][0]["kinds"] = ["Head"]
        run = self.change_and_import(self.two_kinds)
        self.assertOutcome(run, "done", created=1, unchanged=6)
