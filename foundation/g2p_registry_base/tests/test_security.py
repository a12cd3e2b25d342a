from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests import new_test_user, tagged

from .common import RegistryCase

RECORDS = ["g2p.reg.id", "g2p.phone.number", "g2p.reg.rel"]
LISTS = ["g2p.id.type", "g2p.relationship", "g2p.registrant.tags", "g2p.district"]


@tagged("post_install", "-at_install")
class TestSecurity(RegistryCase):
    def _rights(self, user, model):
        model = self.env[model].with_user(user)
        return "".join(
            name[0] for name in ("read", "write", "create", "unlink") if model.has_access(name)
        )

    def test_rights_of_each_role(self):
        for model in RECORDS:
            self.assertEqual(self._rights(self.admin, model), "rwcu", model)
            self.assertEqual(self._rights(self.registrar, model), "rwc", model)
        for model in LISTS:
            self.assertEqual(self._rights(self.admin, model), "rwcu", model)
            self.assertEqual(self._rights(self.registrar, model), "r", model)

    def test_everybody_else_has_no_right_at_all(self):
        portal = new_test_user(self.env, "test_portal", groups="base.group_portal")
        public = self.env.ref("base.public_user")
        for user in self.employee + portal + public:
            for model in [*RECORDS, *LISTS, "g2p.disable.registrant.wizard"]:
                self.assertEqual(self._rights(user, model), "", f"{user.login} {model}")

    def test_no_right_of_the_registry_is_given_to_everybody(self):
        owned = self.env["ir.model.data"].search(
            [("model", "=", "ir.model.access"), ("module", "=like", "g2p_registry_%")]
        )
        rows = self.env["ir.model.access"].browse(owned.mapped("res_id"))
        self.assertTrue(rows)
        self.assertTrue(all(rows.mapped("group_id")))
        self.assertFalse(rows.model_id.filtered(lambda model: model.model.startswith("ir.")))

    def test_registrar_keeps_the_whole_record(self):
        partners = self.partners.with_user(self.registrar)
        person = partners.create(self._full_vals(1))
        person.write({"name": "Amara", "reg_ids": [(1, person.reg_ids.id, {"value": "99"})]})
        self.assertEqual(person.reg_ids.value, "99")

    def test_registrar_cannot_delete_partners(self):
        person = self._registrants(1)
        contact = self.partners.create({"name": "Contact"})
        for partner in person + contact:
            with self.assertRefused("Registrars cannot delete", UserError):
                partner.with_user(self.registrar).unlink()
        person.with_user(self.admin).unlink()
        contact.with_user(self.registrar).sudo().unlink()
        self.assertFalse((person + contact).exists())

    def test_contact_managers_change_contacts_but_no_registrants(self):
        manager = new_test_user(
            self.env, "test_contacts", groups="base.group_user,base.group_partner_manager"
        )
        contact = self.partners.create({"name": "Contact"}).with_user(manager)
        contact.name = "Changed"
        contact.copy()
        person = self._registrants(1).with_user(manager)
        with self.assertRaises(AccessError):
            person.name = "Changed"
        with self.assertRaises(AccessError):
            contact.is_registrant = True
        with self.assertRaises(AccessError):
            person.unlink()

    def test_records_of_other_companies_are_hidden(self):
        company = self.env["res.company"].create({"name": "Other Ministry"})
        [here], [there] = self._registrants(1), self._registrants(1, company_id=company.id)
        for partner in here + there:
            self._add_id(partner, str(partner.id))
            partner.phone_number_ids = [(0, 0, {"phone_no": "+254712345678"})]
        self.env["g2p.reg.rel"].create({"source": here.id, "destination": there.id})
        expected = {"g2p.reg.id": here, "g2p.phone.number": here}
        both = Domain("partner_id", "in", (here + there).ids)
        for model, visible in expected.items():
            rows = self.env[model].with_user(self.registrar).search(both)
            self.assertEqual(rows.partner_id, visible, model)
        rels = self.env["g2p.reg.rel"].with_user(self.registrar)
        self.assertFalse(rels.search([("source", "=", here.id)]))

    def test_contacts_menu_is_for_system_administrators(self):
        menu = self.env.ref("contacts.menu_contacts")
        self.assertEqual(menu.group_ids, self.env.ref("base.group_system"))

    def test_registry_menu_is_for_registrars(self):
        root = self.env.ref("g2p_registry_base.g2p_main_menu_root")
        menus = self.env["ir.ui.menu"]
        self.assertIn(root.id, menus.with_user(self.registrar).load_menus(False))
        self.assertNotIn(root.id, menus.with_user(self.employee).load_menus(False))
