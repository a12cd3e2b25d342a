from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import MembershipCase


@tagged("post_install", "-at_install")
class TestSecurity(MembershipCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rows = cls._join(cls.one + cls.two)

    def _visible(self, user):
        return self.memberships.with_user(user).search([("group", "=", self.household.id)])

    def test_registrars_end_memberships_but_delete_none(self):
        row = self.rows[0].with_user(self.registrar)
        row.end_membership()
        with self.assertRaises(AccessError):
            row.unlink()
        self.rows[0].with_user(self.admin).unlink()

    def test_registrars_only_read_the_roles(self):
        kinds = self.env["g2p.group.membership.kind"].with_user(self.registrar)
        self.assertTrue(kinds.has_access("read"))
        self.assertFalse(kinds.has_access("write") or kinds.has_access("create"))

    def test_everybody_else_sees_nothing(self):
        portal = new_test_user(self.env, "test_portal", groups="base.group_portal")
        for user in self.employee + portal + self.env.ref("base.public_user"):
            for model in ("g2p.group.membership", "g2p.group.membership.kind"):
                self.assertFalse(self.env[model].with_user(user).has_access("read"))

    def test_memberships_of_disabled_persons_are_hidden(self):
        self.one._disable_registrant("Moved away")
        for user in self.registrar + self.admin:
            self.assertEqual(self._visible(user), self.rows[1])

    def test_memberships_of_disabled_groups_are_hidden(self):
        self.household._disable_registrant("Split up")
        for user in self.registrar + self.admin:
            self.assertFalse(self._visible(user))

    def test_ended_memberships_are_shown_unless_the_rule_is_switched_on(self):
        rule = self.env.ref("g2p_registry_membership.group_membership_ended_rule")
        self.assertFalse(rule.active)
        self.rows[0].end_membership()
        self.assertEqual(self._visible(self.registrar), self.rows)
        rule.active = True
        self.assertEqual(self._visible(self.registrar), self.rows[1])

    def test_memberships_of_other_companies_are_hidden(self):
        company = self.env["res.company"].create({"name": "Other Ministry"})
        (self.household + self.one + self.two).company_id = company
        self.assertFalse(self._visible(self.registrar))
