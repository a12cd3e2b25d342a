from odoo.tests import tagged

from .common import INDIVIDUALS, ImporterCase
from .people import CARD, household, identifier, person

RATIONS = "Test Ration Book"


@tagged("post_install", "-at_install")
class TestGainedAndLostIdentifiers(ImporterCase):
    """Where records without ID come in, who gains or loses his only ID is not created again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.importer.import_registrant_without_id = True

    def _households(self):
        return self.importer.imported_registrant_ids.filtered("is_group").registrant_id

    def _import(self, *cards, **fields):
        """Import households of one name, one for each card; None has no ID. Returns the run."""
        return self.import_records(
            *(household(f"h{n}", "عائلة منصور", c, **fields) for n, c in enumerate(cards))
        )

    # -- gained ------------------------------------------------------------------------------------

    def test_a_household_that_gained_its_id_is_recognised_and_has_it_now(self):
        self._import(None)
        home = self._households()
        self.assertOutcome(self._import("C-1", address="شارع 4"), updated=1)
        self.assertEqual((self._households(), self.holder("C-1")), (home, home))
        self.assertEqual(home.address, "شارع 4")
        self.assertOutcome(self.run_import(), unchanged=1)

    def test_so_is_a_person(self):
        self.importer.write({"target_registry": "individual", "query": INDIVIDUALS})
        self.import_records(person("p1", "OTIENO, AMARA", birthdate="1990-05-01"))
        run = self.import_records(person("p1", "OTIENO, AMARA", "N-1", birthdate="1990-05-01"))
        self.assertOutcome(run, updated=1)
        run = self.import_records(person("p1", "OTIENO, AMARA", "N-1", birthdate="1990-05-02"))
        self.assertOutcome(run, updated=1)
        run = self.import_records(person("p1", "OTIENO, AMARA", birthdate="1990-05-02"))
        self.assertOutcome(run, updated=1)
        self.assertEqual(len(self.importer.imported_registrant_ids), 1)

    def test_of_two_that_may_have_gained_the_id_a_person_decides(self):
        self._import(None)
        run = self._import("C-1", "C-2")
        self.assertOutcome(run, "incomplete", conflict=2)
        self.assertCodes(run, "several_registrants", "several_registrants")
        self.assertEqual(run.issue_ids.candidate_ids, self._households())
        self.assertTrue(all(run.issue_ids.mapped("can_be_resolved")))
        self.assertEqual(len(self._households()), 1)

    def test_a_namesake_with_an_id_is_somebody_else_while_the_first_one_is_still_there(self):
        for page_size in (10, 1):
            with self.subTest(page_size), self.cr.savepoint() as savepoint:
                self.importer.page_size = page_size
                self._import(None)
                self.assertOutcome(self._import(None, "C-1"), unchanged=1, created=1)
                savepoint.rollback()

    def test_who_holds_another_id_here_is_somebody_else(self):
        self._import(None)
        by_hand = {"id_type": self.card.id, "value": "C-9"}
        self._households().reg_ids = [(0, 0, by_hand)]
        self.assertOutcome(self._import("C-1"), created=1)
        self.assertEqual(self.holder("C-9").reg_ids.value, "C-9")

    # -- lost --------------------------------------------------------------------------------------

    def test_a_household_that_lost_its_id_is_recognised_and_has_it_no_more(self):
        self._import("C-1")
        home = self._households()
        self.assertOutcome(self._import(None, address="شارع 4"), updated=1)
        self.assertEqual(self._households(), home)
        self.assertEqual((home.reg_ids.status, home.address), ("invalid", "شارع 4"))
        self.assertOutcome(self.run_import(), unchanged=1)

    def test_who_was_known_before_the_import_took_records_without_id_is_recognised_too(self):
        self.importer.import_registrant_without_id = False
        self._import("C-1")
        self.importer.import_registrant_without_id = True
        self._import("C-1")
        self.assertOutcome(self._import(None), updated=1)
        self.assertEqual(len(self._households()), 1)

    def test_a_query_that_asks_no_more_for_ids_creates_nobody_again(self):
        self._import("C-1")
        self.importer.query = "{ getRegistrants { name } }"
        self.assertOutcome(self.run_import(), unchanged=1)
        self.assertEqual(self._households().reg_ids.status, "valid")

    def test_one_of_two_namesakes_lost_the_id_nobody_can_tell_which(self):
        self._import("C-1", "C-2")
        run = self._import(None)
        self.assertOutcome(run, "incomplete", conflict=1)
        self.assertCodes(run, "twice_without_identifier")
        self.assertEqual(len(self._households()), 2)

    def test_the_other_namesake_is_there_so_it_can_only_be_this_one(self):
        self._import("C-1", "C-2")
        lost = self.holder("C-2")
        self.assertOutcome(self._import("C-1", None), unchanged=1, updated=1)
        self.assertEqual(lost.reg_ids.status, "invalid")

    def test_a_namesake_without_id_is_created_while_the_first_one_is_still_there(self):
        for page_size in (10, 1):
            with self.subTest(page_size), self.cr.savepoint() as savepoint:
                self.importer.page_size = page_size
                self._import("C-1")
                self.assertOutcome(self._import("C-1", None), unchanged=1, created=1)
                self.assertOutcome(self.run_import(), unchanged=2)
                savepoint.rollback()

    # -- neither -----------------------------------------------------------------------------------

    def test_another_id_is_another_household(self):
        self._import("C-1")
        self.assertOutcome(self._import("C-2"), created=1)

    def test_without_the_option_names_tell_nothing(self):
        self.importer.import_registrant_without_id = False
        self._import("C-1")
        self.assertOutcome(self._import(None), skipped=1)
        self.assertEqual(self._households().reg_ids.status, "valid")

    def test_twins_with_ids_of_unknown_types_only_are_twins(self):
        books = [[identifier(RATIONS, "R-1")], [identifier(RATIONS, "R-2")]]
        run = self.import_records(
            *(household(f"h{n}", "عائلة منصور", reg_ids=ids) for n, ids in enumerate(books))
        )
        self.assertOutcome(run, "incomplete", created=1, conflict=1)
        self.assertFalse(self.holder("R-1"))
        self.assertEqual(self.env["g2p.id.type"].search_count([("name", "=", CARD)]), 1)
