from odoo.fields import Command
from odoo.tests import tagged

from .common import MembershipCase

TWO_HEADS = "Only one Head is allowed per group"


@tagged("post_install", "-at_install")
class TestUniqueKind(MembershipCase):
    def test_two_heads_in_one_create_are_refused(self):
        with self.assertRefused(TWO_HEADS):
            self._join(self.one + self.two, self.head + self.carer)

    def test_second_head_in_a_later_create_is_refused(self):
        self._join(self.one, self.head)
        with self.assertRefused(TWO_HEADS):
            self._join(self.two, self.head)

    def test_second_head_by_write_is_refused(self):
        _head, other = self._join(self.one, self.head) + self._join(self.two, self.carer)
        with self.assertRefused(TWO_HEADS):
            other.kind = [Command.link(self.head.id)]

    def test_two_heads_from_the_side_of_the_group_are_refused(self):
        lines = [
            Command.create({"individual": person.id, "kind": [Command.link(self.head.id)]})
            for person in self.one + self.two
        ]
        with self.assertRefused(TWO_HEADS):
            self.household.write({"group_membership_ids": lines})

    def test_many_groups_have_a_head_each(self):
        households = self._registrants(3, is_group=True)
        people = self._registrants(3)
        for household, person in zip(households, people, strict=True):
            self._join(person, self.head, household)
        self.assertEqual(households.mapped("head_id"), people)

    def test_other_roles_are_shared(self):
        self.assertEqual(len(self._join(self.one + self.two, self.carer)), 2)

    def test_head_passes_on_in_one_transaction(self):
        old, new = self._join(self.one, self.head) + self._join(self.two)
        self.household.write(
            {
                "group_membership_ids": [
                    Command.update(old.id, {"kind": [Command.unlink(self.head.id)]}),
                    Command.update(new.id, {"kind": [Command.link(self.head.id)]}),
                ]
            }
        )
        self.assertEqual(self.household.head_id, self.two)

    def test_head_who_left_makes_room_and_cannot_come_back_as_head(self):
        old = self._join(self.one, self.head)
        old.end_membership()
        self._join(self.two, self.head)
        with self.assertRefused(TWO_HEADS):
            old.reopen_membership()

    def test_disabled_head_makes_room_and_cannot_be_enabled_as_head(self):
        self._join(self.one, self.head)
        self.one._disable_registrant("Deceased")
        self._join(self.two, self.head)
        with self.assertRefused(TWO_HEADS):
            self.one.enable_registrant()

    def test_head_of_another_company_counts(self):
        company = self.env["res.company"].create({"name": "Other Ministry"})
        [stranger] = self._registrants(1, company_id=company.id)
        self._join(stranger, self.head)
        memberships = self.memberships.with_user(self.registrar)
        with self.assertRefused(TWO_HEADS):
            memberships.create(
                {
                    "group": self.household.id,
                    "individual": self.one.id,
                    "kind": [Command.link(self.head.id)],
                }
            )
