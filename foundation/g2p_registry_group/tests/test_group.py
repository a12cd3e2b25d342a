from odoo.tests import Form, new_test_user, tagged

from odoo.addons.g2p_registry_base.tests.common import RegistryCase


@tagged("post_install", "-at_install")
class TestGroup(RegistryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kinds = cls.env["g2p.group.kind"]
        cls.household = cls.env.ref("g2p_registry_group.group_kind_household")

    def test_kind_names_are_unique_whatever_their_case(self):
        self.kinds.create([{"name": "Village"}, {"name": "Cooperative"}])
        message = self._database_refusal(
            "g2p.group.kind", lambda: self.kinds.create({"name": " VILLAGE"})
        )
        self.assertIn("already taken", message)

    def test_kind_name_is_not_empty(self):
        message = self._database_refusal("g2p.group.kind", lambda: self.kinds.create({"name": " "}))
        self.assertIn("empty", message)

    def test_kind_in_use_is_kept(self):
        kind = self.kinds.create({"name": "Village"})
        self._registrants(1, is_group=True, kind=kind.id)
        self._database_refusal("g2p.group.kind", kind.unlink)
        self.assertTrue(kind.exists())

    def test_form_makes_a_group(self):
        partners = self.partners.with_user(self.registrar).with_context(
            default_is_registrant=True, default_is_group=True
        )
        with Form(partners, view="g2p_registry_group.view_groups_form") as form:
            form.name = "Otieno household"
            form.kind = self.household
        group = form.record
        self.assertTrue(group.is_registrant and group.is_group)
        self.assertEqual(group.kind_as_str, self.household.name)
        self.assertEqual(group.name, "Otieno household")
        self.assertEqual(group.company_id, self.registrar.company_id)

    def test_rights(self):
        portal = new_test_user(self.env, "test_portal", groups="base.group_portal")
        self.assertTrue(self.kinds.with_user(self.admin).has_access("unlink"))
        self.assertTrue(self.kinds.with_user(self.registrar).has_access("read"))
        self.assertFalse(self.kinds.with_user(self.registrar).has_access("write"))
        self.assertFalse(self.kinds.with_user(self.employee).has_access("read"))
        self.assertFalse(self.kinds.with_user(portal).has_access("read"))
