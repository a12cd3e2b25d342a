from odoo.fields import Date, Datetime
from odoo.tests import tagged

from .common import INDIVIDUALS, ImporterCase
from .people import person, phone

OLD, NEW = "+254 712 345 678", "+254 799 000 111"


@tagged("post_install", "-at_install")
class TestChangedPhones(ImporterCase):
    """Phone numbers are switched on and off with the source, never doubled and never deleted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.importer.company_id.country_id = cls.env.ref("base.ke")
        cls.importer.write({"target_registry": "individual", "query": INDIVIDUALS})

    def setUp(self):
        super().setUp()
        self._have(phone(OLD))
        self.phone = self._phones()

    def _have(self, *phones):
        return self.change_and_import(person("p1", "OTIENO, AMARA", "N-1", phones=list(phones)))

    def _phones(self):
        return self.holder("N-1").phone_number_ids

    def test_a_changed_number_disables_the_old_one(self):
        self.assertOutcome(self._have(phone(NEW)), updated=1)
        self.assertEqual(len(self._phones()), 2)
        self.assertTrue(self.phone.disabled)
        self.assertFalse(self.phone.disabled_by)
        self.assertFalse((self._phones() - self.phone).disabled)

    def test_a_number_that_comes_back_is_enabled(self):
        self._have(phone(NEW))
        self.assertOutcome(self._have(phone(OLD)), updated=1)
        self.assertEqual(len(self._phones()), 2)
        self.assertFalse(self.phone.disabled)
        self.assertTrue((self._phones() - self.phone).disabled)

    def test_a_number_disabled_at_the_source_is_disabled_here(self):
        self.assertOutcome(self._have(phone(OLD, disabled="2025-02-03")), updated=1)
        self.assertEqual(Date.to_date(self.phone.disabled), Date.to_date("2025-02-03"))
        self.assertOutcome(self._have(phone(OLD)), updated=1)
        self.assertFalse(self.phone.disabled)

    def test_a_number_disabled_by_a_person_here_stays_disabled(self):
        self.phone.with_user(self.operator).disable_phone()
        self._have(phone(OLD), phone(NEW))
        self.assertTrue(self.phone.disabled)
        self.assertEqual(self.phone.disabled_by, self.operator)

    def _ask_only_for_numbers(self):
        self.importer.query = INDIVIDUALS.replace("{ phoneNo disabled }", "{ phoneNo }")

    def test_a_number_disabled_here_stays_so_when_the_query_does_not_ask_for_it(self):
        self._ask_only_for_numbers()
        self.phone.disabled = "2025-02-03 04:05:06"
        self._have(phone(OLD), phone(NEW))
        self.assertEqual(self.phone.disabled, Datetime.to_datetime("2025-02-03 04:05:06"))

    def test_a_number_once_disabled_at_the_source_stays_so_when_the_query_asks_no_more(self):
        self._have(phone(OLD, disabled="2025-02-03"))
        self._ask_only_for_numbers()
        self._have(phone(OLD, disabled="2025-02-03"), phone(NEW))
        self.assertTrue(self.phone.disabled)

    def test_a_number_that_comes_back_is_enabled_even_if_the_query_asks_only_for_numbers(self):
        self._ask_only_for_numbers()
        self._have(phone(NEW))
        self.assertTrue(self.phone.disabled)
        self._have(phone(OLD), phone(NEW))
        self.assertFalse(self.phone.disabled)

    def test_a_number_gone_at_the_source_that_a_person_enabled_here_stays_enabled(self):
        self._have(phone(NEW))
        self.phone.with_user(self.operator).enable_phone()
        self._have(phone(NEW), phone("+254 733 222 111"))
        self.assertFalse(self.phone.disabled)

    def test_a_number_typed_in_by_hand_is_left_alone(self):
        own = self.env["g2p.phone.number"].create(
            {"partner_id": self.phone.partner_id.id, "phone_no": "+254 733 222 111"}
        )
        self._have(phone(NEW))
        self.assertFalse(own.disabled)

    def test_a_number_nobody_can_dial_is_kept_as_it_is_and_not_doubled(self):
        self._have(phone("house 12, ask for Amara"))
        self.assertEqual(len(self._phones()), 2)
        self.assertOutcome(self._have(phone("house 12,  ask for Amara")), unchanged=1)
        self.assertEqual(len(self._phones()), 2)
        self.assertLessEqual(self.phone.disabled, Datetime.now())

    def test_a_number_nobody_can_dial_is_an_issue_once_the_country_is_known(self):
        run = self._have(phone("12"))
        self.assertOutcome(run, updated=1)
        self.assertCodes(run, "invalid_value")
        self.assertEqual(run.issue_ids.field_path, "phoneNumberIds[0].phoneNo")
        self.importer.company_id.country_id = False
        self.assertCodes(self._have(phone("12")))

    def test_the_country_of_the_import_goes_before_that_of_the_company(self):
        self.importer.phone_country_id = self.env.ref("base.in")
        self._have(phone("098765 43210"))
        number = self._phones() - self.phone
        self.assertEqual(number.phone_sanitized, "+919876543210")
        self.assertOutcome(self._have(phone("+91 98765 43210")), unchanged=1)
        self.assertEqual(self._phones() - self.phone, number)
