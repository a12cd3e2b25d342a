from odoo.tests import tagged

from .common import ImporterCase
from .people import families, household, person, phone

REGISTRY_TABLES = (
    "res_partner",
    "g2p_reg_id",
    "g2p_phone_number",
    "g2p_group_membership",
    "g2p_group_membership_g2p_group_membership_kind_rel",
    "g2p_program_membership",
)


def writes(statements, tables=REGISTRY_TABLES):
    """Those of the statements that write to one of these tables."""
    starts = tuple(
        f'{verb} "{table}"' for table in tables for verb in ("INSERT INTO", "UPDATE", "DELETE FROM")
    )
    return [text for text in statements if text.lstrip().startswith(starts)]


@tagged("post_install", "-at_install")
class TestSecondImport(ImporterCase):
    def test_what_did_not_change_is_not_written(self):
        self.importer.target_program = self.env["g2p.program"].create({"name": "Test Winter Fuel"})
        with self.statements() as first:
            self.import_records(
                *families(3),
                person("p", "منصور, ليلى", phones=[phone("+254 712 345 678")]),
                household("h", "عائلة منصور", "C-9", [("p", "Head")], address="شارع 4"),
            )
        self.assertTrue(writes(first), "the statements of an import that writes are recognised")
        with self.statements() as second:
            run = self.run_import()
        self.assertEqual(writes(second), [])
        self.assertOutcome(run, unchanged=4)
        self.assertEqual(run.member_unchanged_count, 13)
        self.assertEqual(run.member_updated_count + run.member_ended_count, 0)

    def test_links_remember_that_everybody_was_seen_again(self):
        first = self.import_records(*families(2))
        links = self.importer.imported_registrant_ids
        self.assertEqual(links.last_run_id, first)
        second = self.run_import()
        self.assertEqual(links.last_run_id, second)
        self.assertEqual(len(self.importer.imported_registrant_ids), 10)
        self.assertFalse(any(links.mapped("is_updated")))

    def test_the_order_of_rows_at_the_source_is_no_change(self):
        ids = [{"id_type": "Test National ID", "value": "N-1"}, {"id_type": "Other", "value": "7"}]
        phones = [phone("+254 712 345 678"), phone("+254 712 345 679")]
        self.importer.create_missing_id_types = True
        self.import_records(
            person("p1", "OTIENO, AMARA", reg_ids=ids, phones=phones),
            person("p2", "OTIENO, BARAKA", "N-2"),
            household("h1", "Otieno household", "C-1", ["p1", "p2"]),
        )
        run = self.change_and_import(
            person("p1", "OTIENO, AMARA", reg_ids=ids[::-1], phones=phones[::-1]),
            household("h1", "Otieno household", "C-1", ["p2", "p1"]),
        )
        self.assertOutcome(run, unchanged=1)

    def test_only_what_changed_is_written(self):
        self.import_records(*families(20, size=2))
        with self.statements() as statements:
            run = self.change_and_import({"key": "h7", "address": "Kilima Road 4"})
        self.assertOutcome(run, unchanged=19, updated=1)
        self.assertEqual(run.member_unchanged_count, 40)
        self.assertEqual(len(writes(statements)), 1)
        self.assertEqual(self.holder("C-7").address, "Kilima Road 4")

    def test_a_wider_query_applies_everything_once_more(self):
        narrow = "{ getRegistrants { name regIds { idTypeAsStr value } } }"
        shipped, self.importer.query = self.importer.query, narrow
        self.import_records(*families(2, size=1))
        self.assertFalse(self.rows(self.holder("C-0")))
        self.importer.query = shipped
        self.assertOutcome(self.run_import(), updated=2)
        self.assertEqual(self.rows(self.holder("C-0")).individual, self.holder("N-0-0"))
        self.assertOutcome(self.run_import(), unchanged=2)

    def test_the_import_of_individuals_changes_nothing_the_household_import_brought(self):
        self.import_records(*families(2, size=2))
        query = "{ getRegistrants { name birthdate regIds { idTypeAsStr value } } }"
        people = self._create_importer(
            name="People of Ñandú Province", target_registry="individual", query=query
        )
        with self.statements() as statements:
            run = self.run_import(people)
        self.assertEqual(writes(statements), [])
        self.assertOutcome(run, unchanged=4)
        self.assertEqual(len(people.imported_registrant_ids), 4)
        self.assertFalse(any(people.imported_registrant_ids.mapped("is_created")))
