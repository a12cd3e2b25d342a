from odoo.tests import tagged

from .common import RegistryCase

# The ORM inserts and updates a hundred rows per statement; every table adds its share.
STATEMENTS_PER_MORE_BATCHES = 12


@tagged("post_install", "-at_install")
class TestBatches(RegistryCase):
    """SQL statements grow with the batches of the ORM, never with the rows."""

    def _create(self, number, start):
        vals = self._full_vals(number, start)
        return self._queries(lambda: self.partners.create(vals))

    def test_creating_registrants(self):
        self._create(1, 0)
        few, many = self._create(50, 100), self._create(200, 1000)
        self.assertLessEqual(many - few, STATEMENTS_PER_MORE_BATCHES)

    def test_changing_ids(self):
        few = self.partners.create(self._full_vals(50, 100)).reg_ids
        many = self.partners.create(self._full_vals(200, 1000)).reg_ids
        few_queries = self._queries(lambda: few.write({"status": "valid", "id_type": self.card.id}))
        many_queries = self._queries(
            lambda: many.write({"status": "valid", "id_type": self.card.id})
        )
        self.assertLessEqual(many_queries - few_queries, STATEMENTS_PER_MORE_BATCHES)

    def test_relating_registrants(self):
        registrants = self._registrants(251)
        kind = self.env["g2p.relationship"].create({"name": "Knows", "name_inverse": "Known by"})

        def relate(partners):
            vals = [
                {"source": registrants[0].id, "relation": kind.id, "destination": partner.id}
                for partner in partners
            ]
            rels = self.env["g2p.reg.rel"].with_context(tracking_disable=True)
            return self._queries(lambda: rels.create(vals))

        few, many = relate(registrants[1:51]), relate(registrants[51:251])
        self.assertLessEqual(many - few, STATEMENTS_PER_MORE_BATCHES)
