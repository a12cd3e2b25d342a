"""What was wrong with identifiers in 17.0, by its number in the list of known defects."""

from datetime import timedelta

from odoo.fields import Date
from odoo.tests import tagged

from .common import ImporterCase
from .people import CARD, NATIONAL, household, identifier

RATIONS = "Test Ration Book"


@tagged("post_install", "-at_install")
class TestDefectsOf17Identifiers(ImporterCase):
    def _known(self, value, id_type=None, **vals):
        """A registrant who is here already, and has this ID."""
        row = {"id_type": (id_type or self.card).id, "value": value}
        vals = {"name": f"Known as {value}", "is_registrant": True, **vals}
        return self.env["res.partner"].create({**vals, "reg_ids": [(0, 0, row)]})

    def _import(self, *ids, key="h1", name="Otieno household"):
        return self.change_and_import(household(key, name, reg_ids=list(ids)))

    # -- matching ----------------------------------------------------------------------------------

    def test_b15_no_person_is_overwritten_by_a_household(self):
        known = self._known("C-1", is_group=False)
        run = self._import(identifier(CARD, "C-1"))
        self.assertOutcome(run, "incomplete", conflict=1)
        self.assertCodes(run, "other_kind")
        self.assertFalse(known.is_group)
        self.assertEqual(known.name, "Known as C-1")

    def test_b15_identifiers_of_two_registrants_are_noticed(self):
        known = self._known("C-1", is_group=True)
        other = self._known("N-1", self.national, is_group=True)
        run = self._import(identifier(CARD, "C-1"), identifier(NATIONAL, "N-1"))
        self.assertOutcome(run, "incomplete", conflict=1)
        self.assertCodes(run, "several_registrants")
        self.assertEqual(run.issue_ids.record_label, f"{NATIONAL} N-1, {CARD} C-1")
        self.assertEqual((known.name, other.name), ("Known as C-1", "Known as N-1"))
        self.assertFalse(self.importer.imported_registrant_ids)

    def test_b15_an_identifier_sent_no_more_is_invalid_and_valid_again_when_it_is_back(self):
        both = identifier(CARD, "C-1"), identifier(NATIONAL, "N-1")
        self._import(*both)
        self._import(both[0])
        row = self.holder("C-1").reg_ids.filtered(lambda row: row.id_type == self.national)
        self.assertEqual((row.value, row.status), ("N-1", "invalid"))
        self._import(*both)
        self.assertEqual(row.status, "valid")

    # -- types -------------------------------------------------------------------------------------

    def test_b16_a_type_in_other_capitals_is_the_same_type(self):
        self.card.name = CARD.upper()
        self.importer.create_missing_id_types = True
        self.assertOutcome(self._import(identifier(CARD.lower(), "C-1")), created=1)
        self.assertEqual(self.holder("C-1").reg_ids.id_type, self.card)

    def test_b16_no_type_is_created_unasked_and_its_ids_are_listed(self):
        run = self._import(identifier(CARD, "C-1"), identifier(RATIONS, "R-1"))
        self.assertOutcome(run, created=1)
        self.assertCodes(run, "unknown_identifier_type")
        self.assertIn(RATIONS, run.issue_ids.reason)
        self.assertEqual(self.holder("C-1").reg_ids.mapped("value"), ["C-1"])
        self.assertFalse(self.env["g2p.id.type"].search([("name", "=", RATIONS)]))

    # -- values ------------------------------------------------------------------------------------

    def test_b17_a_changed_value_is_corrected_on_the_same_row(self):
        self._import(identifier(CARD, "C-1"), identifier(NATIONAL, "N-1"))
        row = self.holder("N-1").reg_ids.filtered(lambda row: row.id_type == self.national)
        run = self._import(identifier(CARD, "C-1"), identifier(NATIONAL, "N-2"))
        self.assertOutcome(run, updated=1)
        self.assertEqual((row.value, row.status), ("N-2", "valid"))

    def test_b17_the_expiry_date_arrives_and_follows_the_source(self):
        for expiry in ("2031-12-31", "2019-06-30"):
            self._import(identifier(CARD, "C-1", expiry))
            self.assertEqual(self.holder("C-1").reg_ids.expiry_date, Date.to_date(expiry))

    def test_b17_a_second_identifier_of_a_type_is_told_and_the_valid_one_is_kept(self):
        self._import(identifier(CARD, "C-1"))
        yesterday = Date.today() - timedelta(days=1)
        run = self._import(identifier(CARD, "C-1", str(yesterday)), identifier(CARD, "C-7"))
        self.assertOutcome(run, updated=1)
        self.assertCodes(run, "second_identifier")
        self.assertEqual(self.holder("C-7").reg_ids.value, "C-7")

    # -- none --------------------------------------------------------------------------------------

    def test_b19_records_without_identifier_are_not_created_again_at_each_run(self):
        self.importer.import_registrant_without_id = True
        self._import()
        home = self.importer.imported_registrant_ids.registrant_id
        run = self.change_and_import({"key": "h1", "address": "شارع 4"})
        self.assertOutcome(run, updated=1)
        self.assertEqual(self.importer.imported_registrant_ids.registrant_id, home)
        self.assertOutcome(self.run_import(), unchanged=1)

    def test_b19_records_without_identifier_are_skipped_and_listed(self):
        self._import(identifier(CARD, "C-2"), key="h2")
        run = self._import()
        self.assertOutcome(run, unchanged=1, skipped=1)
        self.assertCodes(run, "no_identifier")

    def test_b19_a_query_that_forgets_the_identifiers_lists_every_record(self):
        self.importer.query = "{ getRegistrants { name } }"
        run = self._import(identifier(CARD, "C-1"))
        self.assertOutcome(run, skipped=1)
        self.assertCodes(run, "no_identifier")
