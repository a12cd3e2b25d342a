from odoo.tests import tagged

from .common import INDIVIDUALS, ImporterCase
from .people import NATIONAL, identifier, person, phone

VOTER = "Test Voter ID"
OLD, NEW, OWN = "+254 712 345 678", "+254 799 000 111", "+254 733 222 111"


@tagged("post_install", "-at_install")
class TestFieldPolicy(ImporterCase):
    """What the source changes and what a person changed here: who has the last word."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.voter = cls.env["g2p.id.type"].create({"name": VOTER})
        cls.importer.write({"target_registry": "individual", "query": INDIVIDUALS})

    def setUp(self):
        super().setUp()
        self.import_records(self._amara())
        self.amara = self.holder("N-1")

    def _amara(self, voter="V-1", number=OLD, **fields):
        ids = [identifier(NATIONAL, "N-1"), identifier(VOTER, voter)]
        fields = {"address": "Kilima Road 4", "birthdate": None, **fields}
        return person("p1", "OTIENO, AMARA", reg_ids=ids, phones=[phone(number)], **fields)

    def _follow(self, policy, **changes):
        """Import the changed record under this policy."""
        self.importer.field_policy = policy
        return self.change_and_import(self._amara(**changes))

    def _voter_id(self):
        return self.amara.reg_ids.filtered(lambda row: row.id_type == self.voter)

    def _numbers_in_use(self):
        phones = self.amara.phone_number_ids.filtered(lambda row: not row.disabled)
        return set(phones.mapped("phone_no"))

    # -- the source wins -------------------------------------------------------------------------

    def test_the_source_wins_unless_told_otherwise(self):
        self.amara.address = "Typed in here"
        self._voter_id().value = "V-9"
        self.assertEqual(self.importer.field_policy, "source_wins")
        run = self.change_and_import(self._amara(birthdate="1990-05-01"))
        self.assertOutcome(run, updated=1)
        self.assertEqual(self.amara.address, "Kilima Road 4")
        self.assertEqual(self._voter_id().value, "V-1")

    # -- fill only what is empty -----------------------------------------------------------------

    def test_filling_adds_what_is_missing_and_changes_nothing(self):
        run = self._follow("fill_empty", address="Mto Street 11", birthdate="1990-05-01")
        self.assertOutcome(run, updated=1)
        self.assertEqual(self.amara.address, "Kilima Road 4")
        self.assertEqual(str(self.amara.birthdate), "1990-05-01")

    def test_filling_is_no_change_when_nothing_is_empty(self):
        run = self._follow("fill_empty", address="Mto Street 11")
        self.assertOutcome(run, unchanged=1)

    def test_filling_adds_ids_and_numbers_and_keeps_the_values_of_those_here(self):
        self._voter_id().unlink()
        run = self._follow("fill_empty", voter="V-2", number=NEW)
        self.assertOutcome(run, updated=1)
        self.assertEqual(self._voter_id().value, "V-2")
        self._follow("fill_empty", voter="V-3", number=NEW)
        self.assertEqual(self._voter_id().value, "V-2")
        self.assertEqual(self._numbers_in_use(), {OLD, NEW})

    def test_filling_leaves_ids_valid_and_numbers_in_use_that_the_source_drops(self):
        dropped = person("p1", "OTIENO, AMARA", "N-1", address="Kilima Road 4", phones=[])
        self.importer.field_policy = "fill_empty"
        self.assertOutcome(self.change_and_import(dropped), unchanged=1)
        self.assertRecordValues(self._voter_id(), [{"status": "valid", "gone_at_source": False}])
        self.assertEqual(self._numbers_in_use(), {OLD})
        self.importer.field_policy = "source_wins"
        self.assertOutcome(self.change_and_import({**dropped, "gender": "F"}), updated=1)
        self.assertEqual(self._voter_id().status, "invalid")
        self.assertFalse(self._numbers_in_use())

    def test_filling_leaves_a_number_in_use_that_is_disabled_at_the_source(self):
        off = phone(OLD, disabled="2026-01-02")
        changed = {"key": "p1", "phones": [off], "birthdate": "1990-05-01"}
        self.importer.field_policy = "fill_empty"
        self.assertOutcome(self.change_and_import(changed), updated=1)
        self.assertEqual(self._numbers_in_use(), {OLD})

    # -- keep what was changed here --------------------------------------------------------------

    def test_what_a_person_changed_is_kept_and_the_rest_follows_the_source(self):
        self.amara.address = "Typed in here"
        run = self._follow("keep_local", address="Mto Street 11", birthdate="1990-05-01")
        self.assertOutcome(run, updated=1)
        self.assertEqual(self.amara.address, "Typed in here")
        self.assertEqual(str(self.amara.birthdate), "1990-05-01")

    def test_what_nobody_changed_follows_the_source(self):
        self._follow("keep_local", address="Mto Street 11")
        self.assertEqual(self.amara.address, "Mto Street 11")
        self._follow("keep_local", address="شارع 4")
        self.assertEqual(self.amara.address, "شارع 4")

    def test_what_a_person_emptied_stays_empty(self):
        self.amara.address = False
        self._follow("keep_local", address="Mto Street 11")
        self.assertFalse(self.amara.address)

    def test_who_takes_a_change_back_follows_the_source_again(self):
        self.amara.address = "Typed in here"
        self._follow("keep_local", address="Mto Street 11")
        self.amara.address = "Kilima Road 4"
        self._follow("keep_local", address="شارع 4")
        self.assertEqual(self.amara.address, "شارع 4")

    def test_who_agrees_with_the_source_follows_it_again(self):
        self.amara.address = "Mto Street 11"
        self._follow("keep_local", address="Mto Street 11")
        self._follow("keep_local", address="شارع 4")
        self.assertEqual(self.amara.address, "شارع 4")

    def test_a_registrant_typed_in_before_the_first_import_is_kept_and_completed(self):
        here = self.env["res.partner"].create(
            {
                "name": "Typed In Here",
                "is_registrant": True,
                "reg_ids": [(0, 0, {"id_type": self.national.id, "value": "N-2"})],
            }
        )
        self.importer.field_policy = "keep_local"
        self.change_and_import(person("p2", "OTIENO, BARAKA", "N-2", address="Mto Street 11"))
        self.assertEqual((here.name, here.address), ("Typed In Here", "Mto Street 11"))

    def test_an_id_a_person_corrected_is_kept(self):
        self._voter_id().value = "V-9"
        self._follow("keep_local", voter="V-2")
        self.assertRecordValues(
            self._voter_id(), [{"value": "V-9", "status": "valid", "gone_at_source": False}]
        )

    def test_an_id_nobody_corrected_follows_the_source(self):
        self._follow("keep_local", voter="V-2")
        self.assertEqual(self._voter_id().value, "V-2")

    def test_a_number_a_person_corrected_stays_in_use(self):
        self.amara.phone_number_ids.phone_no = OWN
        self._follow("keep_local", number=NEW)
        self.assertEqual(self._numbers_in_use(), {OWN, NEW})

    def test_a_number_nobody_corrected_follows_the_source(self):
        self._follow("keep_local", number=NEW)
        self.assertEqual(self._numbers_in_use(), {NEW})

    # -- what is remembered ----------------------------------------------------------------------

    def test_no_value_is_stored_a_second_time(self):
        link = self.importer.imported_registrant_ids.sudo()
        self.assertIn("address", link.applied)
        self.assertTrue(all(len(digest) == 8 for digest in link.applied.values()))
        self.assertNotIn("Kilima", str(link.applied))

    def test_operators_cannot_read_what_is_remembered(self):
        link = self.importer.imported_registrant_ids.with_user(self.operator)
        self.assertNotIn("applied", link.fields_get())
