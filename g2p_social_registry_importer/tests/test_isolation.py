from odoo.tests import tagged

from .common import ImporterCase
from .people import families, household, person


@tagged("post_install", "-at_install")
class TestIsolation(ImporterCase):
    """One bad record never stops the others, and nothing of it is written."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.national.id_validation = r"N-[0-9-]+$"

    def test_an_id_of_the_wrong_format(self):
        run = self.import_records(
            *families(2, size=1),
            person("bad", "منصور, ليلى", "WRONG"),
            household("h9", "عائلة منصور", "C-9", ["bad"]),
        )
        self.assertOutcome(run, "incomplete", created=2, failed=1)
        self.assertCodes(run, "rejected")
        issue = run.issue_ids
        self.assertIn("does not have the format of the ID type", issue.reason)
        self.assertEqual(issue.record_label, "Test Household Card C-9")
        self.assertEqual((issue.record_number, issue.outcome), (3, "failed"))

    def test_nothing_is_half_written_for_the_bad_one(self):
        partners = self.env["res.partner"].search_count([])
        run = self.import_records(
            person("good", "OTIENO, AMARA", "N-1"),
            person("bad", "منصور, ليلى", "WRONG"),
            household("h9", "عائلة منصور", "C-9", ["good", "bad"]),
        )
        self.assertOutcome(run, "incomplete", failed=1)
        self.assertEqual(run.member_created_count, 0)
        self.assertEqual(self.env["res.partner"].search_count([]), partners)
        self.assertFalse(self.holder("C-9") | self.holder("N-1"))
        self.assertFalse(self.importer.imported_registrant_ids)

    def test_a_known_household_stays_as_it_was_when_its_change_is_bad(self):
        self.import_records(
            person("p", "OTIENO, AMARA", "N-1"), household("h", "Otieno household", "C-1", ["p"])
        )
        run = self.change_and_import(
            {"key": "p", "name": "OTIENO, BARAKA"},
            person("bad", "منصور, ليلى", "WRONG"),
            household("h", "Changed name", "C-1", ["p", "bad"]),
        )
        self.assertOutcome(run, "incomplete", failed=1)
        self.assertEqual(self.holder("C-1").name, "Otieno household")
        self.assertEqual(self.holder("N-1").name, "OTIENO, AMARA")

    def test_b21_a_bad_one_amid_fifty_takes_nobody_with_it(self):
        bad = person("p25-1", "OTIENO, AMARA", "WRONG")
        records = [bad if one["key"] == "p25-1" else one for one in families(50, size=2)]
        run = self.import_records(*records)
        self.assertOutcome(run, "incomplete", created=49, failed=1)
        self.assertEqual(run.member_created_count, 98)
        self.assertEqual(run.issue_ids.record_label, "Test Household Card C-25")
        self.assertEqual(run.issue_ids.record_number, 26)
        self.assertEqual(len(self.importer.imported_registrant_ids), 147)
        for n in (0, 24, 26, 49):
            self.assertEqual(self.holder(f"C-{n}").head_id, self.holder(f"N-{n}-0"))
        self.assertFalse(self.holder("C-25") | self.holder("N-25-0"))

    def test_several_bad_ones_are_each_named(self):
        records = [
            {**one, "reg_ids": [{"id_type": "Test National ID", "value": "WRONG"}]}
            if one["key"] in ("p0-0", "p3-0", "p4-0")
            else one
            for one in families(5, size=1)
        ]
        run = self.import_records(*records)
        self.assertOutcome(run, "incomplete", created=2, failed=3)
        self.assertEqual(run.issue_ids.sorted("id").mapped("record_number"), [1, 4, 5])

    def test_the_bad_one_goes_in_once_it_is_corrected_and_the_others_are_unchanged(self):
        self.import_records(
            *families(3, size=1),
            person("bad", "منصور, ليلى", "WRONG"),
            household("h9", "عائلة منصور", "C-9", ["bad"]),
        )
        run = self.change_and_import(person("bad", "منصور, ليلى", "N-9"))
        self.assertOutcome(run, created=1, unchanged=3)

    def test_a_type_created_for_the_attempt_that_failed_is_created_again(self):
        self.importer.create_missing_id_types = True
        new_type = [{"id_type": "Test Ration Book", "value": "R-1"}]
        run = self.import_records(
            person("good", "OTIENO, AMARA", reg_ids=new_type),
            household("h8", "Otieno household", "C-8", ["good"]),
            person("bad", "منصور, ليلى", "WRONG"),
            household("h9", "عائلة منصور", "C-9", ["bad"]),
        )
        self.assertOutcome(run, "incomplete", created=1, failed=1)
        self.assertEqual(self.holder("R-1").reg_ids.id_type.name, "Test Ration Book")
