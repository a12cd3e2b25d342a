from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import MembershipCase


@tagged("post_install", "-at_install")
class TestMembershipKind(MembershipCase):
    def test_head_is_unique(self):
        self.assertTrue(self.head.is_unique)

    def test_head_is_neither_changed_nor_deleted(self):
        for user in self.env.user + self.admin:
            kinds = (self.head + self.carer).with_user(user)
            with self.assertRefused("cannot be changed or deleted", UserError):
                kinds.write({"name": "Chief"})
            with self.assertRefused("cannot be changed or deleted", UserError):
                kinds.unlink()
        self.carer.name = "Guardian"
        self.carer.unlink()

    def test_names_are_unique_whatever_their_case(self):
        kinds = self.env["g2p.group.membership.kind"]
        message = self._database_refusal(
            kinds._name, lambda: kinds.create([{"name": "Elder"}, {"name": " HEAD "}])
        )
        self.assertIn("already taken", message)

    def test_role_held_twice_cannot_become_unique(self):
        memberships = self._join(self.one + self.two, self.carer)
        with self.assertRefused("Only one Test Carer"):
            self.carer.is_unique = True
        memberships[0].end_membership()
        self.carer.is_unique = True

    def test_role_in_use_is_kept(self):
        self._join(self.one, self.carer)
        self._database_refusal(self.carer._name, self.carer.unlink)
        self.assertTrue(self.carer.exists())
