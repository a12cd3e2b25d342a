from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .ledger_case import LedgerCase


@tagged("post_install", "-at_install")
class TestPreflight(LedgerCase):
    """Who would be sent, who not, and why: counted before anything leaves."""

    def reasons(self):
        action = self.connector.with_user(self.operator).action_preflight()
        return self.env[action["res_model"]].browse(action["res_id"]).line_ids

    def counts(self):
        return {line.reason: line.people for line in self.reasons()}

    def test_it_says_how_many_and_why_not(self):
        self.connector.g2p_search_domain = '[["name", "=like", "PERSON 77%"]]'
        self.people("7701", "7702")
        self.people("7703", birthdate=False)
        self.people("7704", gender=False)
        self.people("7705").reg_ids.unlink()
        self.people("7706").reg_ids = [(0, 0, {"id_type": self.token_type.id, "value": "t"})]
        counts = self.counts()
        self.assertEqual(counts["match the filter"], 6)
        self.assertEqual(counts["can be sent"], 2)
        self.assertEqual(counts["have a token already"], 1)
        self.assertEqual(counts["have no VID"], 1)
        self.assertEqual(sum("birth date" in reason and n for reason, n in counts.items()), 1)
        self.assertEqual(sum("gender" in reason and n for reason, n in counts.items()), 1)

    def test_what_it_promises_is_what_is_sent(self):
        self.people("7701", "7702")
        self.people("7703", address=False)
        promised = self.counts()["can be sent"]
        self.run_to_the_end()
        self.assertEqual(len(self.lines(state="answered")), promised)

    def test_each_reason_opens_as_a_list(self):
        self.people("7703", birthdate=False)
        line = next(line for line in self.reasons() if "birth date" in line.reason)
        action = line.action_open()
        self.assertEqual(self.env["res.partner"].search_count(action["domain"]), line.people)

    def test_without_the_id_types_it_says_what_to_set(self):
        self.env["ir.config_parameter"].set_param("g2p_mts.vid_id_type", False)
        with self.assertRaisesRegex(UserError, "Settings / MTS"):
            self.connector.with_user(self.operator).action_preflight()

    def test_it_counts_only_those_the_user_may_see(self):
        self.people("7701", company_id=self.env["res.company"].create({"name": "Far"}).id)
        self.assertEqual(self.counts()["match the filter"], 0)

    def test_others_are_refused(self):
        with self.assertRaises(AccessError):
            self.connector.with_user(self.env.ref("base.public_user")).action_preflight()
