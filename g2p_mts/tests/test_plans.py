import re

from odoo.tests import tagged
from odoo.tools import SQL

from ..flow.people import People
from .ledger_case import LedgerCase


@tagged("post_install", "-at_install")
class TestPlans(LedgerCase):
    """PostgreSQL looks at the people of a batch, and not at everybody before and after them."""

    def setUp(self):
        super().setUp()
        # A filter of the user's may join as it likes; this one has nothing to join.
        domain = '[["is_registrant", "=", true]]'
        self.connector.write({"user_id": self.operator.id, "g2p_search_domain": domain})
        self.people(*(f"9{number:03}" for number in range(20)))
        # Few people, and no token yet when they were counted: as at the beginning of a round.
        self.env.flush_all()
        self.env.cr.execute("ANALYZE g2p_reg_id, res_partner, g2p_mts_request_line")
        # In tables of this size it would read everything, which is no trouble there.
        self.env.cr.execute("SET LOCAL enable_seqscan = off")

    def plan(self, query):
        rows = self.env.execute_query(SQL("EXPLAIN (COSTS OFF) %s", query.select()))
        return "\n".join(row for (row,) in rows)

    def test_ids_and_lines_of_each_person_are_looked_up_and_not_joined(self):
        plan = self.plan(People(self.connector)._next(after=0, limit=10))
        self.assertNotRegex(plan, "Semi Join|Anti Join|Hash|Merge|Materialize")
        self.assertIn("using res_partner_pkey on res_partner", plan)
        by_type = (
            r"partner_type_unique.*\n +Index Cond: \(\(partner_id = res_partner\.id\) AND \(id_type"
        )
        # VID, token, and the VID once more, whether it was changed.
        self.assertEqual(len(re.findall(by_type, plan)), 3, plan)
        self.assertIn("(partner_id = res_partner.id)", plan.partition("request_line")[2])
