from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..flow.people import People
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
        self.assertEqual(self.counts()["can be sent"], 0)

    def assert_promise_is_kept(self):
        """Whoever it says can be sent is chosen next, and nobody else."""
        promised = self.people_behind("can be sent").ids
        chosen = People(self.connector).next_ids(0, 100)
        self.assertEqual(sorted(promised), chosen)

    def people_behind(self, reason):
        """Those in the list that a line opens, which are as many as it says."""
        line = next(line for line in self.reasons() if line.reason == reason)
        found = self.env["res.partner"].search(
            line.with_user(self.operator).action_open()["domain"]
        )
        self.assertEqual(len(found), line.people)
        return found

    def hold_back(self, person, **line):
        """Have a line of the ledger say this of a person."""
        request = self.env["g2p.mts.request"].create({"connector_id": self.connector.id})
        request._add_people(person.ids)
        request.line_ids.write(line)

    def test_who_is_held_back_is_not_promised_and_opens_as_a_list(self):
        names = ("free", "sent", "later", "again", "refused", "conflict", "mended", "called off")
        people = dict(zip(names, self.people(*(f"770{n}" for n in range(8))), strict=True))
        tomorrow = fields.Datetime.add(fields.Datetime.now(), days=1)
        yesterday = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        for name, line in {
            "sent": {"state": "sent"},
            "later": {"state": "lost", "is_retryable": True, "retry_at": tomorrow},
            "again": {"state": "refused", "is_retryable": True, "retry_at": yesterday},
            "refused": {"state": "refused"},
            "conflict": {"state": "conflict"},
            "mended": {"state": "refused"},
            "called off": {"state": "refused", "is_superseded": True},
        }.items():
            self.hold_back(people[name], **line)
        self.env.flush_all()
        mended = "UPDATE res_partner SET write_date = write_date + interval '1 hour' WHERE id = %s"
        self.env.cr.execute(mended, people["mended"].ids)
        for reason, held in {
            "wait for an answer": "sent",
            "are tried again later": "later",
            "refused; change their data first": "refused",
            "answered; look at People Sent": "conflict",
        }.items():
            with self.subTest(reason):
                self.assertEqual(self.people_behind(reason), people[held])
        self.assertEqual(self.counts()["can be sent"], 4)
        self.assert_promise_is_kept()

    def test_what_another_connector_has_sent_holds_nobody_back(self):
        person, mine = self.people("7701"), self.connector
        self.connector = self._create_connector(name="Another")
        self.hold_back(person, state="refused")
        self.connector = mine
        self.assertEqual(self.counts()["can be sent"], 1)
        self.assert_promise_is_kept()

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
