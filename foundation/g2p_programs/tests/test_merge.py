from odoo.tests import tagged

from .common import ProgramCase


@tagged("post_install", "-at_install")
class TestMerge(ProgramCase):
    """Whoever is left of two people is in every programme one of them was in, once."""

    def test_no_programme_is_lost(self):
        one, other = self.people
        second = self._create_program("School Meals", target_type="individual")
        self.for_people._enrol(one, state="draft")
        for program in (self.for_people, second):
            program._enrol(other, state="enrolled")
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge(self.people.ids, one)
        rows = self.env["g2p.program_membership"].search([("partner_id", "=", one.id)])
        self.assertEqual(rows.program_id, self.for_people + second)
        self.assertEqual(set(rows.mapped("state")), {"enrolled"})
