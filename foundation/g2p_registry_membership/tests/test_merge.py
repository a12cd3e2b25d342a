from odoo.tests import tagged

from .common import MembershipCase


@tagged("post_install", "-at_install")
class TestMerge(MembershipCase):
    """Nobody is in a group twice after a merge, and nobody falls out of one."""

    def merge(self, *people):
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge([person.id for person in people], people[0])

    def test_two_members_who_are_one(self):
        self._join(self.one, ended_date="2020-01-01", start_date="2019-01-01")
        lasting = self._join(self.two, self.head)
        [other_group] = self._registrants(1, is_group=True)
        elsewhere = self._join(self.two, group=other_group)
        self.merge(self.one, self.two)
        rows = self.memberships.search([("individual", "=", self.one.id)])
        self.assertEqual(rows, lasting + elsewhere)
        self.assertEqual(lasting.kind, self.head)

    def test_two_households_that_are_one(self):
        [other_group] = self._registrants(1, is_group=True)
        kept = self._join(self.one + self.two)
        self._join(self.two, group=other_group)
        kept += self._join(self.three, group=other_group)
        self.merge(self.household, other_group)
        self.assertEqual(self.memberships.search([("group", "=", self.household.id)]), kept)
