from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import RegistryCase


@tagged("post_install", "-at_install")
class TestDisable(RegistryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        [cls.person] = cls._registrants(1)

    def _disable(self, user, reason="Moved away"):
        wizard = self.env["g2p.disable.registrant.wizard"].with_user(user)
        return wizard.create(
            {"partner_id": self.person.id, "disabled_reason": reason}
        ).disable_registrant()

    def test_disabled_registrant_tells_who_when_and_why(self):
        self._disable(self.registrar)
        self.assertTrue(self.person.disabled)
        self.assertEqual(self.person.disabled_by, self.registrar)
        self.assertEqual(self.person.disabled_reason, "Moved away")

    def test_disabling_again_keeps_the_first_reason(self):
        self._disable(self.registrar)
        self._disable(self.admin, "Because")
        self.assertEqual(self.person.disabled_by, self.registrar)
        self.assertEqual(self.person.disabled_reason, "Moved away")

    def test_enabling_clears_all_of_it(self):
        self._disable(self.registrar)
        self.person.with_user(self.registrar).enable_registrant()
        self.assertFalse(
            self.person.disabled or self.person.disabled_by or self.person.disabled_reason
        )

    def test_wizard_starts_from_the_registrant_on_screen(self):
        wizard = self.env["g2p.disable.registrant.wizard"].with_context(active_id=self.person.id)
        self.assertEqual(wizard.new({}).partner_id._origin, self.person)

    def test_a_copy_is_not_disabled(self):
        self._disable(self.registrar)
        self.assertFalse(self.person.copy().disabled)

    def test_only_registrars_disable_and_enable(self):
        manager = new_test_user(
            self.env, "test_contacts", groups="base.group_user,base.group_partner_manager"
        )
        for user in manager + self.employee:
            with self.assertRaises(AccessError):
                self._disable(user)
            with self.assertRaises(AccessError):
                self.person.with_user(user).enable_registrant()
