from odoo.tests import tagged

from .common import INDIVIDUALS, ImporterCase
from .people import NATIONAL, household, identifier, person

VOTER = "Test Voter ID"
BORN = "1950-01-01"


@tagged("post_install", "-at_install")
class TestInvalidIdentifiers(ImporterCase):
    """An ID that is invalid here tells who somebody is only together with name and birth date."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.voter = cls.env["g2p.id.type"].create({"name": VOTER})
        cls.importer.write(
            {"target_registry": "individual", "query": INDIVIDUALS, "sync_mode": "full"}
        )

    def setUp(self):
        super().setUp()
        self.import_records(self._amara(national="N-1"))
        self.amara = self.holder("V-1")

    def _amara(self, national=None, voter="V-1", **fields):
        held = {NATIONAL: national, VOTER: voter}
        ids = [identifier(name, value) for name, value in held.items() if value]
        return person(
            "p1", **{"name": "OTIENO, AMARA", "birthdate": BORN, "reg_ids": ids, **fields}
        )

    def _baraka(self):
        return person("p2", "MWANGI, BARAKA", "N-1", birthdate="2001-12-31")

    def _lose(self):
        """The source sends the national ID no more, so it is invalid."""
        self.import_records(self._amara())
        self.assertEqual(self._status(), "invalid")

    def _status(self):
        return self.amara.reg_ids.filtered(lambda row: row.id_type == self.national).status

    def assertAsked(self, run, **counts):
        """Nobody was overwritten; a person is asked whether it is her."""
        self.assertOutcome(run, "incomplete", conflict=1, **counts)
        self.assertCodes(run, "invalid_identifier")
        self.assertEqual(run.issue_ids.candidate_ids, self.amara)
        self.assertTrue(run.issue_ids.can_be_resolved)
        self.assertEqual((self.amara.name, str(self.amara.birthdate)), ("OTIENO, AMARA", BORN))
        self.assertEqual(self._status(), "invalid")

    # -- somebody else -----------------------------------------------------------------------------

    def test_whoever_is_given_a_lost_id_overwrites_nobody(self):
        self._lose()
        run = self.import_records(self._baraka())
        self.assertAsked(run)
        self.assertEqual(self.holder("N-1"), self.amara)

    def test_nor_while_the_one_who_lost_it_is_still_there(self):
        self._lose()
        self.assertAsked(self.import_records(self._amara(), self._baraka()), unchanged=1)

    def test_nor_by_an_id_that_somebody_here_made_invalid(self):
        self.amara.reg_ids.status = "invalid"
        self.assertAsked(self.import_records(self._baraka()))

    def test_nor_by_one_of_somebody_whom_no_import_brought(self):
        self.importer.imported_registrant_ids.unlink()
        self.amara.reg_ids.status = "invalid"
        self.assertAsked(self.import_records(self._baraka()))

    def test_nor_as_a_member_of_a_household(self):
        self._lose()
        homes = self._create_importer(name="Households")
        self.social_registry.put_registrants(
            [self._baraka(), household("h1", "Mwangi household", "C-1", ["p2"])]
        )
        run = self.run_import(homes)
        self.assertOutcome(run, "incomplete", created=1)
        self.assertCodes(run, "invalid_identifier")
        self.assertEqual(self.amara.name, "OTIENO, AMARA")
        self.assertFalse(self.rows(self.holder("C-1")))

    # -- the same one ------------------------------------------------------------------------------

    def test_who_comes_back_with_the_lost_id_alone_is_known(self):
        self._lose()
        run = self.import_records(self._amara("N-1", voter=None, address="Mto Street 11"))
        self.assertOutcome(run, updated=1)
        self.assertEqual((self.holder("N-1"), self._status()), (self.amara, "valid"))

    def test_whatever_name_was_given_to_her_here(self):
        self.importer.field_policy = "keep_local"
        self.amara.name = "OTIENO, AMARAH"
        self._lose()
        run = self.import_records(self._amara("N-1", voter=None, address="Mto Street 11"))
        self.assertOutcome(run, updated=1)
        self.assertEqual(self.amara.name, "OTIENO, AMARAH")

    def test_whom_no_import_brought_is_known_by_the_name_here(self):
        self.importer.imported_registrant_ids.unlink()
        self.amara.reg_ids.status = "invalid"
        run = self.import_records(self._amara("N-1", voter=None, name="Otieno,  Amara"))
        self.assertOutcome(run, updated=1)

    def test_who_says_the_same_as_ever_is_unchanged(self):
        self.amara.reg_ids.status = "invalid"
        self.assertOutcome(self.run_import(), unchanged=1)

    def test_one_valid_id_is_enough(self):
        self._lose()
        run = self.import_records(self._amara("N-1", name="OTIENO, A.", birthdate="1950-01-02"))
        self.assertOutcome(run, updated=1)
        self.assertEqual(self.amara.name, "OTIENO, A.")

    # -- decided -----------------------------------------------------------------------------------

    def test_it_is_her_by_decision(self):
        self._lose()
        run = self.import_records(self._baraka())
        self.decide(run.issue_ids, "registrant", self.amara)
        self.assertOutcome(run, updated=1)
        self.assertEqual((self.amara.name, self._status()), ("MWANGI, BARAKA", "valid"))

    def test_it_is_somebody_new_by_decision_and_stays_so(self):
        self._lose()
        run = self.import_records(self._amara(), self._baraka())
        self.decide(run.issue_ids, "create")
        self.assertOutcome(run, created=1, unchanged=1)
        self.assertCodes(run, "held_elsewhere")
        self.assertOutcome(self.run_import(), unchanged=2)
        self.assertEqual(self.amara.name, "OTIENO, AMARA")

    # -- cost --------------------------------------------------------------------------------------

    def test_as_many_statements_for_many(self):
        def statements(number, name):
            records = [person(f"q{n}", f"{name} {n}", f"Q-{n}") for n in range(number)]
            self.social_registry.put_registrants(records)
            run = self.start()
            self.queue.perform(self.queue.waiting)
            page = run.page_ids.with_user(self.operator)
            with self.statements() as seen:
                page._import()
            self.queue.work_off()
            return [text for text in seen if text.startswith("SELECT")], run

        statements(12, "JUMA")
        self.env["g2p.reg.id"].search([("value", "=like", "Q-%")]).status = "invalid"
        statements(2, "NEEMA")
        (few, _run), (many, run) = (statements(number, "NEEMA") for number in (3, 12))
        self.assertEqual(len(few), len(many))
        self.assertOutcome(run, "incomplete", conflict=12)
