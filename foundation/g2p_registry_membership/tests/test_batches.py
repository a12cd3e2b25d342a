from odoo.fields import Command
from odoo.tests import tagged

from .common import MembershipCase

# The ORM inserts and updates a hundred rows per statement; every table adds its share.
STATEMENTS_PER_MORE_BATCHES = 12


@tagged("post_install", "-at_install")
class TestBatches(MembershipCase):
    """SQL statements grow with the batches of the ORM, never with the rows."""

    def _prepare(self, number, start):
        groups = self._registrants(number // 5, is_group=True)
        people = self.partners.create(self._full_vals(number, start))
        return [
            {
                "group": groups[i // 5].id,
                "individual": person.id,
                "kind": [Command.link(self.head.id)] if i % 5 == 0 else False,
            }
            for i, person in enumerate(people)
        ]

    def _compare(self, few, many):
        self.assertLessEqual(many - few, STATEMENTS_PER_MORE_BATCHES)

    def test_creating_ending_and_reopening_memberships(self):
        few, many = (
            self.memberships.create(self._prepare(number, start))
            for number, start in ((50, 100), (200, 1000))
        )
        self._compare(self._queries(few.end_membership), self._queries(many.end_membership))
        self._compare(self._queries(few.reopen_membership), self._queries(many.reopen_membership))

    def test_creating_memberships(self):
        few, many = self._prepare(50, 100), self._prepare(200, 1000)
        self._compare(
            self._queries(lambda: self.memberships.create(few)),
            self._queries(lambda: self.memberships.create(many)),
        )

    def test_creating_groups_with_members(self):
        people = self._registrants(250)

        def households(members):
            return [
                {
                    "name": "Household",
                    "is_registrant": True,
                    "is_group": True,
                    "group_membership_ids": [Command.create({"individual": person.id})],
                }
                for person in members
            ]

        self._compare(
            self._queries(lambda: self.partners.create(households(people[:50]))),
            self._queries(lambda: self.partners.create(households(people[50:]))),
        )

    def test_disabling_and_enabling_registrants(self):
        few, many = self._registrants(50), self._registrants(200)
        for people in (few, many):
            self._join(people)
        self._compare(
            self._queries(lambda: few._disable_registrant("Left")),
            self._queries(lambda: many._disable_registrant("Left")),
        )
        self._compare(self._queries(few.enable_registrant), self._queries(many.enable_registrant))
