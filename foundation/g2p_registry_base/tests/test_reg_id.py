import logging

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import RegistryCase


@tagged("post_install", "-at_install")
class TestRegId(RegistryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.one, cls.two = cls._registrants(2)

    def _insert(self, partner, id_type, value):
        """Store an ID behind the model's back, as a second worker does."""
        self.cr.execute(
            "INSERT INTO g2p_reg_id (partner_id, id_type, value) VALUES (%s, %s, %s)",
            (partner.id, id_type.id, value),
        )

    def test_value_loses_surrounding_blanks(self):
        reg_id = self._add_id(self.one, "  4711 ")
        self.assertEqual(reg_id.value, "4711")
        reg_id.value = " 4712\n"
        self.assertEqual(reg_id.value, "4712")

    def test_value_of_blanks_is_stored_as_null(self):
        ids = self._add_id(self.one, "  ") + self._add_id(self.two, "")
        self.env.flush_all()
        self.cr.execute("SELECT value FROM g2p_reg_id WHERE id IN %s", (tuple(ids.ids),))
        self.assertEqual(self.cr.fetchall(), [(None,), (None,)])

    def test_value_is_refused_rather_than_cut(self):
        with self.assertRefused("at most 100"):
            self._add_id(self.one, "7" * 101)

    def test_format_is_checked_on_every_record_of_a_batch(self):
        vals = [{"partner_id": self.one.id, "id_type": self.card.id, "value": "anything"}]
        vals += [{"partner_id": self.two.id, "id_type": self.national.id, "value": "letters"}]
        with self.assertRaises(ValidationError):
            self.env["g2p.reg.id"].create(vals)

    def test_format_refusal_names_the_type_but_not_the_value(self):
        with self.assertRefused("Test National ID") as caught:
            self._add_id(self.one, "secretletters")
        self.assertNotIn("secretletters", str(caught.exception))

    def test_format_is_matched_from_the_beginning_only(self):
        self.card.id_validation = "HH"
        self.assertTrue(self._add_id(self.one, "HH-1", self.card))
        with self.assertRaises(ValidationError):
            self._add_id(self.two, "1-HH", self.card)

    def test_value_belongs_to_one_registrant(self):
        self._add_id(self.one, "4711")
        with self.assertRefused("already belongs") as caught:
            self._add_id(self.two, " 4711")
        self.assertNotIn("4711", str(caught.exception))
        self.assertTrue(self._add_id(self.two, "4711", self.card), "another type is another ID")

    def test_everyday_refusal_keeps_the_value_out_of_the_log(self):
        self._add_id(self.one, "4711")
        with self.assertNoLogs("odoo.sql_db", logging.ERROR), self.assertRaises(ValidationError):
            self._add_id(self.two, "4711")

    def test_one_batch_cannot_give_a_value_twice(self):
        with self.assertRefused("already belongs"):
            self.env["g2p.reg.id"].create(
                [
                    {"partner_id": partner.id, "id_type": self.card.id, "value": "same"}
                    for partner in self.one + self.two
                ]
            )

    def test_write_cannot_give_a_value_twice(self):
        ids = self._add_id(self.one, "1") + self._add_id(self.two, "2")
        with self.assertRefused("already belongs"):
            ids[1].value = "1"
        with self.assertRefused("already belongs"):
            ids.write({"value": "3"})
        ids[1].write({"value": "2", "description": "unchanged value"})

    def test_one_id_of_each_type_for_a_registrant(self):
        self._add_id(self.one, "1")
        with self.assertRefused("only one ID of each type"):
            self._add_id(self.one, "2")

    def test_taken_value_of_another_company_is_refused(self):
        company = self.env["res.company"].create({"name": "Other Ministry"})
        [other] = self._registrants(1, company_id=company.id)
        self._add_id(other, "4711")
        with self.assertRefused("already belongs"):
            self.env["g2p.reg.id"].with_user(self.registrar).create(
                {"partner_id": self.one.id, "id_type": self.national.id, "value": "4711"}
            )

    def test_database_settles_races_on_the_value(self):
        self._add_id(self.one, "4711")
        message = self._database_refusal(
            "g2p.reg.id", lambda: self._insert(self.two, self.national, "4711")
        )
        self.assertIn("already belongs", message)

    def test_database_settles_races_on_the_type(self):
        self._add_id(self.one, "4711")
        message = self._database_refusal(
            "g2p.reg.id", lambda: self._insert(self.one, self.national, "4712")
        )
        self.assertIn("only one ID of each type", message)

    def test_id_shows_and_is_found_as_its_registrant(self):
        self.one.name = "Amara Otieno"
        reg_id = self._add_id(self.one, "4711")
        self.assertEqual(reg_id.display_name, "Amara Otieno")
        found = self.env["g2p.reg.id"].name_search("amara ot")
        self.assertEqual([row_id for row_id, _name in found], reg_id.ids)

    def test_deleting_a_registrant_deletes_what_it_holds(self):
        reg_id = self._add_id(self.one, "4711")
        phone = self.env["g2p.phone.number"].create(
            {"partner_id": self.one.id, "phone_no": "+254712345678"}
        )
        rel = self.env["g2p.reg.rel"].create({"source": self.one.id, "destination": self.two.id})
        self.one.unlink()
        self.assertFalse(reg_id.exists() or phone.exists() or rel.exists())
        self.assertTrue(self.two.exists())
