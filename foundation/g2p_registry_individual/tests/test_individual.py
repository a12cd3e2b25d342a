from datetime import date, timedelta

from odoo import fields
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.g2p_registry_base.tests.common import RegistryCase

VIEW = "g2p_registry_individual.view_individuals_form"


@tagged("post_install", "-at_install")
class TestIndividual(RegistryCase):
    def _form(self, record=None):
        partners = self.partners.with_user(self.registrar).with_context(default_is_registrant=True)
        return Form(record or partners, view=VIEW)

    def test_form_composes_the_name(self):
        with self._form() as form:
            form.family_name = "Otieno"
            self.assertEqual(form.name, "OTIENO")
            form.given_name = "Amara"
            self.assertEqual(form.name, "OTIENO, AMARA")
            form.addl_name = "Njeri"
            self.assertEqual(form.name, "OTIENO, AMARA NJERI")
            form.family_name = False
            self.assertEqual(form.name, "AMARA NJERI")

    def test_form_keeps_a_name_without_parts(self):
        with self._form() as form:
            form.name = "मीना कुमारी"
            form.given_name = False
        self.assertEqual(form.record.name, "मीना कुमारी")

    def test_form_makes_a_registrant_of_the_company(self):
        with self._form() as form:
            form.family_name = "Otieno"
        person = form.record
        self.assertTrue(person.is_registrant)
        self.assertFalse(person.is_group)
        self.assertEqual(person.company_id, self.registrar.company_id)

    def test_form_joins_the_phones(self):
        person = self.partners.create(self._full_vals(1))
        with (
            self._form(person.with_user(self.registrar)) as form,
            form.phone_number_ids.new() as phone,
        ):
            phone.phone_no = "0722 000 000"
        self.assertEqual(person.phone, "+254712345678, 0722 000 000")

    def test_code_gives_the_name_itself(self):
        person = self._registrants(1, family_name="Otieno", given_name="Amara")
        self.assertEqual(person.name, "Registrant 0")

    def test_birth_is_not_in_the_future(self):
        future = fields.Date.today() + timedelta(days=2)
        with self.assertRefused("date of birth"):
            self.partners.create([{"name": "A"}, {"name": "B", "birthdate": future}])

    def test_registration_is_not_before_birth(self):
        people = self._registrants(2, birthdate="2020-01-01", registration_date="2024-01-01")
        with self.assertRefused("before being born"):
            people[1].registration_date = "2019-12-31"
        with self.assertRefused("before being born"):
            people.birthdate = "2024-01-02"
        people.registration_date = "2020-01-01"

    @freeze_time("2026-03-01 12:00:00")
    def test_age_is_in_completed_years(self):
        birthdates = [date(2000, 3, 1), date(2000, 3, 2), date(2026, 2, 1), False]
        people = self.partners.create(
            [{"name": "A", "birthdate": birthdate} for birthdate in birthdates]
        )
        self.assertEqual(people.mapped("age"), ["26", "25", "0", "No Birthdate!"])

    def test_lists_are_found_by_id_value(self):
        person = self._registrants(1)
        self._add_id(person, "47110815")
        found = self.partners.with_user(self.registrar).search([("reg_ids.value", "ilike", "1108")])
        self.assertEqual(found, person)
