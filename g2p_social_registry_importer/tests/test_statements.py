from collections import Counter
from itertools import pairwise

from odoo.tests import tagged

from .common import ImporterCase
from .people import families, phone

FEW, MANY = 20, 100


def kinds(statements):
    """How many statements there are of each kind: verb and first name.

    A write that Odoo sends in portions of a hundred rows counts as one.
    """
    heads = [" ".join(text.split(None, 3)[:3]) for text in statements]
    found = Counter()
    for previous, head in pairwise([None, *heads]):
        if head.startswith("SELECT") or head != previous:
            found[head] += 1
    return {head: number for head, number in found.items() if "SAVEPOINT" not in head}


@tagged("post_install", "-at_install")
class TestStatements(ImporterCase):
    """A page costs a fixed number of statements, however many households of four are on it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.importer.page_size = 1000
        cls.importer.target_program = cls.env["g2p.program"].create({"name": "Test Winter Fuel"})

    def _statements_of_a_page(self, records):
        """Import one page; returns the kinds of statements its job sent."""
        self.social_registry.put_registrants(records)
        run = self.start()
        self.queue.perform(self.queue.waiting)
        page = run.page_ids.with_user(self.operator)
        with self.statements() as statements:
            page._import()
        self.queue.work_off()
        self.assertEqual(run.state, "done")
        return kinds(statements)

    def assertSameCost(self, warm_up, few, many):
        """:param warm_up: records that fill the caches which outlive a transaction"""
        self._statements_of_a_page(warm_up)
        self.assertEqual(self._statements_of_a_page(few), self._statements_of_a_page(many))

    def test_new_households(self):
        self.assertSameCost(families(2), families(FEW, start=10), families(MANY, start=100))

    def test_unchanged_households(self):
        self._statements_of_a_page(families(MANY))
        self.assertSameCost(families(2), families(FEW), families(MANY))

    def test_unchanged_households_cost_less_than_new_ones(self):
        new = self._statements_of_a_page(families(MANY))
        unchanged = self._statements_of_a_page(families(MANY))
        self.assertLess(sum(unchanged.values()), sum(new.values()) / 2)

    def test_households_that_say_the_same_in_another_order(self):
        self._statements_of_a_page(families(MANY))

        def turned(number):
            return [
                {**one, "members": one["members"][::-1]} if one["is_group"] else one
                for one in families(number)
            ]

        self.assertSameCost(turned(2), turned(FEW), turned(MANY))

    def test_changed_households(self):
        self._statements_of_a_page(families(MANY))

        def moved(number, address):
            return [{**one, "address": address} for one in families(number)]

        self.assertSameCost(moved(2, "Mto 1"), moved(FEW, "Mto 2"), moved(MANY, "Mto 3"))

    def test_households_whose_members_changed(self):
        def with_others(number, size):
            return families(number, size=size)

        self._statements_of_a_page(families(MANY, size=3))
        self.assertSameCost(with_others(2, 4), with_others(FEW, 2), with_others(MANY, 1))

    def test_people_whose_phones_and_identifiers_changed(self):
        def changed(number, serial):
            phones = [phone(f"+254 712 345 {serial}")]
            return [{**one, "phones": phones} for one in families(number)]

        self._statements_of_a_page(changed(MANY, 600))
        self.assertSameCost(changed(2, 601), changed(FEW, 602), changed(MANY, 603))
