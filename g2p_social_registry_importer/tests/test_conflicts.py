from odoo.tests import new_test_user, tagged

from .common import OPERATOR, ImporterCase
from .people import CARD, families, household, identifier, person


@tagged("post_install", "-at_install")
class TestConflicts(ImporterCase):
    """What a person has to decide is reported, and nothing is written for it."""

    def _registrant(self, value, id_type=None, **vals):
        id_type = id_type or self.card
        return self.env["res.partner"].create(
            {
                "name": f"Known as {value}",
                "is_registrant": True,
                "reg_ids": [(0, 0, {"id_type": id_type.id, "value": value})],
                **vals,
            }
        )

    def test_a_member_with_the_identifier_of_a_household(self):
        known = self._registrant("N-1", self.national, is_group=True)
        run = self.import_records(
            person("p1", "OTIENO, AMARA", "N-1"),
            person("p2", "OTIENO, BARAKA", "N-2"),
            household("h1", "Otieno household", "C-1", ["p1", "p2"]),
        )
        self.assertOutcome(run, "incomplete", created=1)
        self.assertCodes(run, "other_kind")
        self.assertEqual(run.issue_ids.field_path, "groupMembershipIds[1].individual.regIds")
        self.assertEqual(self.rows(self.holder("C-1")).individual, self.holder("N-2"))
        self.assertEqual(known.name, "Known as N-1")

    def test_a_household_and_a_person_with_one_identifier_on_one_page(self):
        run = self.import_records(
            person("p1", "OTIENO, AMARA", reg_ids=[identifier(CARD, "C-1")]),
            household("h1", "Otieno household", "C-1", ["p1"]),
        )
        self.assertCodes(run, "other_kind")
        self.assertTrue(self.holder("C-1").is_group)
        self.assertFalse(self.rows(self.holder("C-1")))

    def test_a_contact_who_is_no_registrant_is_not_taken_over(self):
        contact = self.env["res.partner"].create({"name": "Duka la Kijiji", "is_group": True})
        self.env["g2p.reg.id"].create(
            {"partner_id": contact.id, "id_type": self.card.id, "value": "C-1"}
        )
        run = self.import_records(household("h1", "Otieno household", "C-1"))
        self.assertOutcome(run, "incomplete", conflict=1)
        self.assertFalse(contact.is_registrant)

    def test_a_registrant_of_another_company(self):
        company = self.env["res.company"].create({"name": "Test Ministry of the Other Province"})
        known = self._registrant("C-1", is_group=True, company_id=company.id)
        run = self.import_records(household("h1", "Otieno household", "C-1"))
        self.assertOutcome(run, "incomplete", conflict=1)
        self.assertCodes(run, "other_company")
        self.assertEqual(known.name, "Known as C-1")
        self.assertFalse(run.issue_ids.registrant_id)

    def test_an_import_of_a_second_company_writes_registrants_of_that_company(self):
        company = self.env["res.company"].create({"name": "Test Ministry of the Other Province"})
        operator = new_test_user(
            self.env,
            "test_other_operator",
            groups=OPERATOR,
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        importer = self._create_importer(name="Other province", company_id=company.id)
        self.social_registry.put_registrants(families(1))
        importer.with_user(operator).fetch_social_registry_beneficiary()
        self.queue.work_off()
        self.assertOutcome(importer.run_ids, created=1)
        everybody = importer.imported_registrant_ids.registrant_id
        self.assertEqual((len(everybody), everybody.company_id), (5, company))

    def test_the_issue_stays_until_somebody_decides_and_then_the_record_goes_in(self):
        known = self._registrant("C-1", is_group=False)
        self.import_records(household("h1", "Otieno household", "C-1"))
        known.reg_ids.value = "C-100"
        self.assertOutcome(self.run_import(), created=1)


@tagged("post_install", "-at_install")
class TestUnknownNames(ImporterCase):
    """ID types and kinds of the source that are unknown here."""

    def test_it_goes_in_once_the_type_exists_although_the_source_did_not_change(self):
        ids = [identifier(CARD, "C-1"), identifier("Test Ration Book", "R-1")]
        self.import_records(household("h1", "Otieno household", reg_ids=ids))
        self.env["g2p.id.type"].create({"name": "TEST RATION BOOK"})
        self.assertOutcome(self.run_import(), updated=1)
        self.assertEqual(self.holder("R-1"), self.holder("C-1"))

    def test_a_record_with_unknown_types_only_is_skipped(self):
        ids = [identifier("Test Ration Book", "R-1")]
        run = self.import_records(household("h1", "Otieno household", reg_ids=ids))
        self.assertOutcome(run, skipped=1)
        self.assertCodes(run, "unknown_identifier_type")

    def test_the_option_creates_the_type_once_whatever_the_capitals(self):
        self.importer.create_missing_id_types = True
        run = self.import_records(
            household("h1", "Otieno", reg_ids=[identifier("Test Ration Book", "R-1")]),
            household("h2", "Ñandú", reg_ids=[identifier("TEST RATION BOOK", "R-2")]),
        )
        self.assertOutcome(run, created=2)
        self.assertEqual(len((self.holder("R-1") | self.holder("R-2")).reg_ids.id_type), 1)

    def test_what_many_members_lack_is_listed_once_with_its_number(self):
        run = self.import_records(
            *(person(f"p{n}", f"OTIENO, AMARA {n}", f"N-{n}") for n in range(3)),
            household("h1", "Otieno", "C-1", [("p0", "Test Shaman"), ("p1", "TEST SHAMAN")]),
            household("h2", "Ñandú", "C-2", [("p2", "Test Shaman")]),
        )
        self.assertOutcome(run, created=2)
        self.assertEqual(sorted(run.issue_ids.mapped("code")), ["unknown_member_kind"] * 2)
        met = [reason.rpartition("Met ")[2] for reason in run.issue_ids.mapped("reason")]
        self.assertCountEqual(met, ["2 times on this page.", "1 times on this page."])

    def test_the_option_creates_the_kind_once_whatever_the_capitals(self):
        self.importer.create_missing_member_kinds = True
        run = self.import_records(
            person("p1", "OTIENO, AMARA", "N-1"),
            person("p2", "OTIENO, BARAKA", "N-2"),
            household("h1", "Otieno", "C-1", [("p1", "Test Shaman"), ("p2", "TEST SHAMAN")]),
        )
        self.assertOutcome(run, created=1)
        self.assertFalse(run.issue_ids)
        kinds = self.rows(self.holder("C-1")).mapped("kind")
        self.assertEqual(kinds.mapped("is_unique"), [False])

    def test_of_two_heads_in_one_household_the_first_one_is_kept(self):
        run = self.import_records(
            person("p1", "OTIENO, AMARA", "N-1"),
            person("p2", "OTIENO, BARAKA", "N-2"),
            household("h1", "Otieno household", "C-1", [("p1", "Head"), ("p2", "Head")]),
        )
        self.assertOutcome(run, created=1)
        self.assertCodes(run, "unique_kind_twice")
        kinds = self.rows(self.holder("C-1")).mapped("kind")
        self.assertEqual(kinds, self.head)
        self.assertEqual(len(self.rows(self.holder("C-1"))), 2)
