from odoo.tests import tagged

from .common import INDIVIDUALS, ImporterCase
from .people import NATIONAL, identifier, person

VOTER = "Test Voter ID"


@tagged("post_install", "-at_install")
class TestChangedIdentifiers(ImporterCase):
    """IDs are compared with the source, never appended and never deleted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.voter = cls.env["g2p.id.type"].create({"name": VOTER})
        cls.importer.write({"target_registry": "individual", "query": INDIVIDUALS})

    def setUp(self):
        super().setUp()
        self.import_records(self._amara())
        self.amara = self.holder("N-1")

    def _amara(self, national="N-1", voter="V-1"):
        ids = []
        if national:
            ids.append(identifier(NATIONAL, national))
        if voter:
            ids.append(identifier(VOTER, voter))
        return person("p1", "OTIENO, AMARA", reg_ids=ids)

    def _row(self, id_type):
        return self.amara.reg_ids.filtered(lambda row: row.id_type == id_type)

    def test_an_id_the_source_sends_no_more_is_invalid_but_stays_on_record(self):
        run = self.change_and_import(self._amara(voter=None))
        self.assertOutcome(run, updated=1)
        self.assertRecordValues(self._row(self.voter), [{"value": "V-1", "status": "invalid"}])
        self.assertTrue(self._row(self.voter).gone_at_source)

    def test_an_id_that_comes_back_is_valid_again(self):
        self.change_and_import(self._amara(voter=None))
        run = self.change_and_import(self._amara())
        self.assertOutcome(run, updated=1)
        self.assertRecordValues(
            self._row(self.voter), [{"value": "V-1", "status": "valid", "gone_at_source": False}]
        )

    def test_an_id_typed_in_by_hand_is_left_alone(self):
        self._row(self.voter).data_source_id = False
        self.change_and_import(self._amara(voter=None))
        self.assertRecordValues(
            self._row(self.voter), [{"status": "valid", "gone_at_source": False}]
        )

    def test_of_two_valid_ids_of_a_type_the_known_one_stays(self):
        ids = [identifier(NATIONAL, "N-7"), identifier(NATIONAL, "N-1")]
        run = self.change_and_import(person("p1", "OTIENO, AMARA", reg_ids=ids))
        self.assertCodes(run, "second_identifier")
        self.assertEqual(self._row(self.national).value, "N-1")

    def test_two_people_who_swap_ids_are_left_to_a_person(self):
        baraka = [identifier(NATIONAL, "N-2"), identifier(VOTER, "V-2")]
        self.change_and_import(person("p2", "OTIENO, BARAKA", reg_ids=baraka))
        baraka = [identifier(NATIONAL, "N-2"), identifier(VOTER, "V-1")]
        run = self.change_and_import(
            self._amara(voter="V-2"), person("p2", "OTIENO, BARAKA", reg_ids=baraka)
        )
        self.assertOutcome(run, "incomplete", conflict=2)
        self.assertEqual(self.holder("V-1"), self.amara)

    def test_an_id_passed_on_to_another_person_is_a_conflict(self):
        self.change_and_import(self._amara(voter=None), person("p2", "OTIENO, BARAKA", "N-2"))
        baraka = [identifier(NATIONAL, "N-2"), identifier(VOTER, "V-1")]
        run = self.change_and_import(person("p2", "OTIENO, BARAKA", reg_ids=baraka))
        self.assertOutcome(run, "incomplete", unchanged=1, conflict=1)
        self.assertCodes(run, "several_registrants")
        self.assertEqual(self.holder("V-1"), self.amara)

    def test_an_id_that_cannot_be_read_makes_none_invalid(self):
        run = self.change_and_import(self._amara(voter="  "))
        self.assertCodes(run, "incomplete_identifier")
        self.assertRecordValues(self._row(self.voter), [{"value": "V-1", "status": "valid"}])
