from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .ledger_case import LedgerCase


@tagged("post_install", "-at_install")
class TestPreflight(LedgerCase):
    """Who would be sent, who not, and why: counted before anything leaves."""

    def reasons(self, user=None):
        action = self.connector.with_user(user or self.operator).action_preflight()
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

    def test_who_may_not_read_ids_is_told_the_same_numbers_and_nobody(self):
        self.people("7701", "7702")
        self.people("7703", birthdate=False)
        self.people("7704", company_id=self.env["res.company"].create({"name": "Far"}).id)
        known = self.counts()
        self.operator = new_test_user(
            self.env, "test_mts_only", groups="mts_connector.group_mts_operator"
        )
        self.assertEqual(self.counts(), known)
        self.assertEqual(known["match the filter"], 3)
        for user in self.operator | self.officer:
            line = self.reasons(user)[0].with_user(user)
            self.assertFalse(line.shows_people)
            with self.subTest(user.login), self.assertRaisesRegex(AccessError, "Only who may"):
                line.action_open()

    def test_who_may_read_them_may_open_them(self):
        self.assertTrue(self.reasons()[0].with_user(self.operator).shows_people)

    def test_nobody_starts_what_could_read_nobody(self):
        self.operator = new_test_user(
            self.env, "test_mts_only", groups="mts_connector.group_mts_operator"
        )
        with self.assertRaisesRegex(UserError, "such as a registrar"):
            self.start()

    def test_a_role_taken_away_stops_the_connector_in_words(self):
        self.people("7701")
        self.start()
        registrars = self.env.ref("g2p_registry_base.group_g2p_registrar")
        self.operator.group_ids = [(3, registrars.id)]
        self.queue.work_off()
        self.assertEqual(self.connector.job_status, "draft")
        self.assertIn("such as a registrar", self.connector.trouble)
        self.assertFalse(self.seeder.submissions())

    def test_others_are_refused(self):
        with self.assertRaises(AccessError):
            self.connector.with_user(self.env.ref("base.public_user")).action_preflight()
