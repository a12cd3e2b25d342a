from odoo.fields import Date
from odoo.tests import tagged

from .common import ImporterCase
from .people import CARD, NATIONAL, household, identifier, person, phone


@tagged("post_install", "-at_install")
class TestFirstImport(ImporterCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.caregiver = cls.env["g2p.group.membership.kind"].create({"name": "Test Caregiver"})
        cls.program = cls.env["g2p.program"].create({"name": "Test Winter Fuel"})
        cls.importer.target_program = cls.program

    def setUp(self):
        super().setUp()
        self.first_run = self.import_records(
            person(
                "p1",
                "ÑAMANDÚ, LUZ",
                "N-1",
                given_name="Luz",
                family_name="Ñamandú",
                birthdate="1984-07-19",
                gender="female",
                phones=[phone("+254 712 345 678", date_collected="2025-03-01")],
            ),
            person("p2", "منصور, ليلى", birthdate="2015-01-02"),
            person("p3", "ใจดี, ภูผา", "N-3"),
            household(
                "h1",
                "Ñamandú household",
                "C-1",
                members=[("p1", "head"), "p2", ("p3", "TEST CAREGIVER")],
                address="Kilima Road 4\nNyeri",
                reg_ids=[identifier(CARD.upper(), "C-1", "2031-12-31")],
                phones=[phone("+254 700 000 001", disabled="2024-12-11")],
            ),
        )
        self.household = self.holder("C-1")
        self.luz = self.holder("N-1")

    def test_the_numbers_add_up(self):
        self.assertOutcome(self.first_run, created=1)
        self.assertEqual(self.first_run.member_created_count, 3)
        self.assertEqual(self.first_run.state_text, "Every record is in, and the numbers add up.")
        self.assertFalse(self.first_run.issue_ids)
        self.assertTrue(self.first_run.ended_at)
        self.assertEqual(self.first_run.user_id, self.operator)

    def test_the_household_is_a_group_with_its_fields(self):
        self.assertRecordValues(
            self.household,
            [
                {
                    "name": "Ñamandú household",
                    "address": "Kilima Road 4\nNyeri",
                    "is_registrant": True,
                    "is_group": True,
                    "company_id": self.importer.company_id.id,
                    "z_ind_grp_num_individuals": 3,
                    "head_id": self.luz.id,
                }
            ],
        )

    def test_members_are_people_with_their_fields(self):
        self.assertRecordValues(
            self.luz,
            [
                {
                    "name": "ÑAMANDÚ, LUZ",
                    "given_name": "Luz",
                    "family_name": "Ñamandú",
                    "birthdate": Date.to_date("1984-07-19"),
                    "gender": "Female",
                    "is_registrant": True,
                    "is_group": False,
                }
            ],
        )

    def test_identifiers_keep_type_value_and_expiry(self):
        card = self.household.reg_ids
        self.assertEqual((card.id_type, card.value), (self.card, "C-1"))
        self.assertEqual(card.expiry_date, Date.to_date("2031-12-31"))
        self.assertEqual(card.status, "valid")
        self.assertEqual(card.data_source_id, self.data_source)
        self.assertEqual(self.luz.reg_ids.id_type.name, NATIONAL)

    def test_phones_keep_their_dates(self):
        mine, home = self.luz.phone_number_ids, self.household.phone_number_ids
        self.assertEqual(mine.phone_sanitized, "+254712345678")
        self.assertEqual(mine.date_collected, Date.to_date("2025-03-01"))
        self.assertFalse(mine.disabled)
        self.assertEqual(Date.to_date(home.disabled), Date.to_date("2024-12-11"))

    def test_memberships_have_the_kinds_of_the_source_whatever_the_capitals(self):
        kinds = {row.individual.name: row.kind for row in self.rows(self.household)}
        self.assertEqual(
            kinds,
            {
                "ÑAMANDÚ, LUZ": self.head,
                "منصور, ليلى": self.env["g2p.group.membership.kind"],
                "ใจดี, ภูผา": self.caregiver,
            },
        )

    def test_everybody_is_linked_with_the_import_that_created_them(self):
        links = self.importer.imported_registrant_ids
        everybody = self.household | self.rows(self.household).individual
        self.assertEqual(links.registrant_id, everybody)
        self.assertEqual(len(links), 4)
        self.assertTrue(all(link.is_created and not link.is_updated for link in links))
        self.assertEqual(links.filtered("is_group").registrant_id, self.household)
        self.assertEqual(links.last_run_id, self.first_run)
        self.assertEqual(self.importer.imported_registrant_count, 4)

    def test_the_household_waits_for_enrolment_and_its_members_do_not(self):
        rows = self.program.program_membership_ids
        self.assertEqual((rows.partner_id, rows.state), (self.household, "draft"))
