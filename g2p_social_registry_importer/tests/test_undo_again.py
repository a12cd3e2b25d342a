from odoo.tests import tagged

from .people import NATIONAL, household, identifier, person
from .undo_case import UndoCase

VOTER = "Test Voter ID"


@tagged("post_install", "-at_install")
class TestUndoAgain(UndoCase):
    """Who was archived by an undo and came back with a later run goes again when that is undone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["g2p.id.type"].create({"name": VOTER})

    def setUp(self):
        super().setUp()
        self.home = household("h1", "Otieno household", "C-1", [("p1", "Head")])
        self.import_records(self._amara(), self.home)
        self.before = self.stored()

    def _amara(self, voter="V-1"):
        return person(
            "p1",
            "OTIENO, AMARA",
            reg_ids=[identifier(NATIONAL, "N-1"), identifier(VOTER, voter)],
        )

    def _come(self):
        """A household comes with a person who has an ID, one who has none, and Amara."""
        return self.change_and_import(
            person("p2", "منصور, ليلى", "N-2"),
            person("p3", "منصور, سامي", birthdate="2015-01-02"),
            household("h2", "عائلة منصور", "C-2", [("p2", "Head"), "p3", "p1"]),
        )

    def assertUndone(self, run, registrants):
        self.undo(run)
        self.assertEqual((run.undone_count, run.undo_skipped_count), (registrants, 0))
        self.assertEqual(self.stored(), self.before)

    def test_they_count_as_created_and_go_each_time(self):
        everybody = None
        for _time in range(3):
            run = self._come()
            self.assertOutcome(run, created=1, unchanged=1)
            self.assertEqual(run.member_created_count, 2)
            everybody = everybody or self.rows(self.holder("C-2")).individual
            self.assertEqual(self.rows(self.holder("C-2")).individual, everybody)
            self.assertUndone(run, registrants=3)
        self.assertFalse(self.holder("C-2").active)

    def test_what_they_were_given_when_they_came_back_goes_with_them(self):
        self.undo(self._come())
        self.social_registry.patch_registrants(
            [{"key": "h2", "address": "شارع 4"}, {"key": "p2", "birthdate": "1990-05-01"}]
        )
        self.assertUndone(self.run_import(), registrants=3)

    def test_an_id_passed_on_to_who_came_back_goes_back_again(self):
        for _time in range(2):
            given_up = self.import_records(self._amara(voter="V-2"), self.home)
            passed_on = self.import_records(
                self._amara(voter="V-2"),
                self.home,
                person("p2", "منصور, ليلى", reg_ids=[identifier(VOTER, "V-1")]),
                household("h2", "عائلة منصور", "C-2", ["p2"]),
            )
            self.assertOutcome(passed_on, created=1, unchanged=1)
            self.undo(passed_on)
            self.assertEqual(passed_on.undo_skipped_count, 0)
            self.assertUndone(given_up, registrants=1)

    def test_another_import_brings_them_back_too(self):
        self.undo(self._come())
        other = self._create_importer(name="Other import")
        self.run_import(other)
        self.assertTrue(self.holder("C-2").active)
        self.assertTrue(self.holder("N-2").active)
        self.assertOutcome(self.run_import(), unchanged=2)

    def test_whom_a_person_brought_back_is_updated_and_set_back(self):
        self.undo(self._come())
        home = self.holder("C-2")
        home.active = True
        home.address = False
        run = self.change_and_import({"key": "h2", "address": "شارع 4"})
        self.assertOutcome(run, updated=1, unchanged=1)
        self.undo(run)
        self.assertEqual((home.active, home.address), (True, False))
