from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .common import RegistryCase


@tagged("post_install", "-at_install")
class TestRegistrant(RegistryCase):
    def _set_phone_regex(self, regex):
        self.env["ir.config_parameter"].set_param("g2p_registry.phone_regex", regex)

    def test_registrants_get_the_current_company_and_todays_date(self):
        registrants = self._registrants(3)
        self.assertEqual(registrants.company_id, self.env.company)
        today = fields.Date.context_today(self.partners)
        self.assertEqual(set(registrants.mapped("registration_date")), {today})

    def test_company_given_is_kept(self):
        company = self.env["res.company"].create({"name": "Other Ministry"})
        self.assertEqual(self._registrants(1, company_id=company.id).company_id, company)

    def test_registrant_of_a_form_gets_a_company_too(self):
        partner = self.partners.with_context(default_is_registrant=True).create({"name": "New"})
        self.assertEqual(partner.company_id, self.env.company)

    def test_contact_becomes_a_registrant_with_a_company(self):
        contact = self.partners.create({"name": "Contact"})
        self.assertFalse(contact.company_id, "a mere contact needs no company")
        contact.is_registrant = True
        self.env.flush_all()
        self.assertEqual(contact.company_id, self.env.company)

    def test_registrant_cannot_lose_its_company(self):
        registrants = self._registrants(2)

        def lose_company():
            registrants.company_id = False
            self.env.flush_all()

        message = self._database_refusal("res.partner", lose_company)
        self.assertIn("belongs to a company", message)

    def test_registration_is_not_in_the_future(self):
        future = fields.Date.today() + timedelta(days=2)
        with self.assertRefused("registration date"):
            self.partners.create(
                [
                    {"name": "Now", "is_registrant": True},
                    {"name": "Later", "is_registrant": True, "registration_date": future},
                ]
            )

    def test_phone_has_the_format_of_the_setting(self):
        self._set_phone_regex(r"\+[0-9]{8,15}$")
        registrar = self.partners.with_user(self.registrar)
        registrar.create(
            {"name": "A", "is_registrant": True, "phone": "+254712345678, +254712345679"}
        )
        with self.assertRefused("phone number") as caught:
            self._registrants(2, phone="+254712345678, 0712")
        self.assertNotIn("0712", str(caught.exception))

    def test_phone_format_leaves_mere_contacts_alone(self):
        self._set_phone_regex(r"\+[0-9]{8,15}$")
        contact = self.partners.create({"name": "Contact", "phone": "ask at the desk"})
        with self.assertRefused("phone number"):
            contact.is_registrant = True

    def test_broken_phone_format_is_told_as_such(self):
        self._set_phone_regex("[0-9")
        with self.assertRefused("no regular expression"):
            self._registrants(1, phone="0712")

    def test_form_joins_the_phones_in_use(self):
        person = self.partners.new(
            {
                "phone_number_ids": [
                    Command.create({"phone_no": "0711"}),
                    Command.create({"phone_no": "0722", "disabled": "2024-01-01 00:00:00"}),
                    Command.create({"phone_no": "0733"}),
                ]
            }
        )
        person._onchange_phone_number_ids()
        self.assertEqual(person.phone, "0711, 0733")

    def test_code_does_not_join_the_phones(self):
        person = self.partners.create(self._full_vals(1))
        self.assertEqual(person.phone, "0711 000 000")

    def test_form_takes_no_negative_income(self):
        person = self.partners.new({"income": -5.0})
        person._onchange_income()
        self.assertEqual(person.income, 0)
