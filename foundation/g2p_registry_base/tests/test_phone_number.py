from odoo.tests import tagged

from .common import RegistryCase

JUNK = ["", " ", "abc", "+", "0", "+999999", "١٢٣", "1" * 300, "+254 712", "no phone", "\x07"]


@tagged("post_install", "-at_install")
class TestPhoneNumber(RegistryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kenya = cls.env.ref("base.ke")
        [cls.person] = cls._registrants(1)

    def _phones(self, *numbers, **vals):
        return self.env["g2p.phone.number"].create(
            [{"partner_id": self.person.id, "phone_no": number, **vals} for number in numbers]
        )

    def test_national_number_is_read_with_its_country(self):
        phone = self._phones("0712 345 678", country_id=self.kenya.id)
        self.assertEqual(phone.phone_sanitized, "+254712345678")

    def test_without_country_the_company_tells(self):
        self.person.company_id.country_id = self.kenya
        self.assertEqual(self._phones("0712 345 678").phone_sanitized, "+254712345678")

    def test_no_country_at_all_reads_international_numbers_only(self):
        self.person.company_id.country_id = False
        phones = self._phones("+254 712 345 678", "0712 345 678")
        self.assertEqual(phones.mapped("phone_sanitized"), ["+254712345678", False])

    def test_no_number_raises(self):
        phones = self._phones(*[number or "?" for number in JUNK])
        self.assertEqual(phones.mapped("phone_sanitized"), [False] * len(JUNK))
        self.assertEqual(
            [self.env["g2p.phone.number"]._to_e164(number, "XX") for number in [*JUNK, False]],
            [False] * (len(JUNK) + 1),
        )

    def test_country_change_reads_the_number_again(self):
        phone = self._phones("0712 345 678", country_id=self.kenya.id)
        phone.country_id = self.env.ref("base.in")
        self.assertFalse(phone.phone_sanitized and phone.phone_sanitized.startswith("+254"))

    def test_disabled_number_tells_who_and_when(self):
        phones = self._phones("+254712345678", "+254712345679").with_user(self.registrar)
        phones.disable_phone()
        self.assertEqual(phones.disabled_by, self.registrar)
        self.assertTrue(all(phones.mapped("disabled")))
        phones.enable_phone()
        self.assertFalse(any(phones.mapped("disabled")) or phones.disabled_by)

    def test_disabling_again_keeps_the_first_date(self):
        phone = self._phones("+254712345678", disabled="2020-01-01 00:00:00")
        phone.disable_phone()
        self.assertEqual(phone.disabled.year, 2020)
