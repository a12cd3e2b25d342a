from odoo.tests import tagged

from .common import RegistryCase


@tagged("post_install", "-at_install")
class TestRegRel(RegistryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.one, cls.two = cls._registrants(2)
        [cls.household] = cls._registrants(1, is_group=True)
        cls.parent, cls.married, cls.neighbour = cls.env["g2p.relationship"].create(
            [
                {"name": "Parent of", "name_inverse": "Child of", "source_type": "i"},
                {"name": "Married to", "name_inverse": "Married to", "bidirectional": True},
                {"name": "Hosts", "name_inverse": "Stays with", "source_type": "g"},
            ]
        )

    def _vals(self, source, relation, destination, start="2024-01-01", end=False, **vals):
        return {
            "source": source.id,
            "relation": relation.id,
            "destination": destination.id,
            "start_date": start,
            "end_date": end,
            **vals,
        }

    def _relate(self, *args, **vals):
        return self.env["g2p.reg.rel"].create(self._vals(*args, **vals))

    def test_nobody_is_related_to_themselves(self):
        message = self._database_refusal(
            "g2p.reg.rel", lambda: self._relate(self.one, self.married, self.one)
        )
        self.assertIn("itself", message)

    def test_end_comes_after_start(self):
        message = self._database_refusal(
            "g2p.reg.rel",
            lambda: self._relate(self.one, self.married, self.two, "2024-02-01", "2024-01-01"),
        )
        self.assertIn("before it starts", message)

    def test_sides_fit_the_relation_in_every_record_of_a_batch(self):
        good = self._vals(self.household, self.neighbour, self.one)
        bad = self._vals(self.two, self.neighbour, self.one)
        with self.assertRefused("Hosts"):
            self.env["g2p.reg.rel"].create([good, bad])
        self.assertTrue(self.env["g2p.reg.rel"].create([good]))

    def test_equal_relation_does_not_overlap(self):
        self._relate(self.one, self.parent, self.two)
        with self.assertRefused("already have this relation"):
            self._relate(self.one, self.parent, self.two, "2030-01-01")
        self.assertTrue(self._relate(self.two, self.parent, self.one), "the other way is another")

    def test_equal_relations_of_one_batch_do_not_overlap(self):
        with self.assertRefused("already have this relation"):
            self.env["g2p.reg.rel"].create([self._vals(self.one, self.parent, self.two)] * 2)

    def test_relation_may_come_back_after_its_end(self):
        self._relate(self.one, self.married, self.two, "2020-01-01", "2021-01-01")
        again = self._relate(self.one, self.married, self.two, "2021-01-01")
        with self.assertRefused("already have this relation"):
            again.start_date = "2020-06-01"

    def test_symmetric_relation_overlaps_from_both_sides(self):
        self._relate(self.one, self.married, self.two)
        with self.assertRefused("already have this relation"):
            self._relate(self.two, self.married, self.one)

    def test_disabled_relation_makes_room_and_cannot_come_back_into_it(self):
        first = self._relate(self.one, self.parent, self.two)
        first.disable_relation()
        self._relate(self.one, self.parent, self.two)
        with self.assertRefused("already have this relation"):
            first.enable_relation()

    def test_relationship_is_named_from_both_sides(self):
        with self.assertRefused("both sides"):
            self.parent.name_inverse = "  "
