from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..flow.intake import Intake
from ..meaning.answers import PersonAnswer
from .ledger_case import LedgerCase


@tagged("post_install", "-at_install")
class TestIntake(LedgerCase):
    """Answers as they come, in any order and any number of times."""

    def setUp(self):
        super().setUp()
        self.one, self.two = self.people("9001", "9002")
        request = self.env["g2p.mts.request"].create({"connector_id": self.connector.id})
        request._add_people([self.one.id, self.two.id])
        request.line_ids.state = "sent"
        request.write({"state": "sent", "sent_at": "2026-01-01 00:00:00", "identifier": "00a1"})
        self.request = request

    def line(self, person):
        return self.lines(partner_id=person.id)[-1]

    def take_in(self, person, **answer):
        """An answer for the nonce of `person`."""
        Intake(self.connector, [PersonAnswer(self.line(person).sudo().nonce, **answer)]).run()

    def quarantined(self):
        return self.env["g2p.mts.answer"].search([("state", "=", "quarantined")])

    def test_the_nonce_joins_and_not_the_position(self):
        nonces = {p: self.line(p).sudo().nonce for p in (self.one, self.two)}
        answers = [
            PersonAnswer(nonces[self.two], token="token-2"),
            PersonAnswer(nonces[self.one], token="token-1"),
        ]
        Intake(self.connector, answers).run()
        self.assertEqual(self.token(self.one), "token-1")
        self.assertEqual(self.token(self.two), "token-2")
        self.assertEqual(self.request.state, "answered")

    def test_the_same_answer_again_changes_nothing(self):
        for _time in range(2):
            self.take_in(self.one, token="token-1")
        self.assertEqual(self.token(self.one), "token-1")
        self.assertFalse(self.quarantined())

    def test_an_unknown_nonce_is_quarantined(self):
        Intake(self.connector, [PersonAnswer("made-up", token="token-1")]).run()
        self.assertEqual(len(self.quarantined()), 1)
        self.assertFalse(self.token(self.one))

    def test_a_nonce_that_the_database_does_not_take_keeps_nobody_else_out(self):
        document = [
            {"nonce": nonce, "output": {"status": "processed", "token": f"token-{number}"}}
            for number, nonce in enumerate(("a\0b", self.line(self.one).sudo().nonce, "\ud800"))
        ]
        answer = self.env["g2p.mts.answer"]._receive(self.connector, document, "call")
        self.queue.work_off()
        self.assertEqual((answer.state, self.token(self.one)), ("taken_in", "token-1"))
        kept = "".join(self.quarantined().sudo().mapped("payload"))
        self.assertEqual(len(self.quarantined()), 2)
        self.assertIn("token-0", kept)
        self.assertIn("token-2", kept)

    def test_a_call_by_login_with_such_a_nonce_is_taken_as_well(self):
        receiver = new_test_user(self.env, "test_mts_receiver", groups="g2p_mts.group_mts_receiver")
        self.connector.callback_auth_username = receiver.login
        for strange in ({"nonce": "a\0b", "output": {}}, ["not", "one"], None):
            with self.subTest(strange):
                self.assertTrue(self.env["g2p.mts.answer"].with_user(receiver).accept(strange))

    def test_a_nonce_of_another_connector_is_quarantined(self):
        other = self._create_connector(name="Another")
        Intake(other, [PersonAnswer(self.line(self.one).sudo().nonce, token="token-1")]).run()
        self.assertEqual(self.quarantined().connector_id, other)
        self.assertFalse(self.token(self.one))

    def test_a_used_nonce_with_another_token_is_quarantined(self):
        self.take_in(self.one, token="token-1")
        self.take_in(self.one, token="token-x")
        self.assertEqual(self.token(self.one), "token-1")
        self.assertEqual(len(self.quarantined()), 1)

    def test_a_conflict_is_not_decided_by_another_answer_for_its_nonce(self):
        self.one.reg_ids = [(0, 0, {"id_type": self.token_type.id, "value": "older"})]
        for number, token in enumerate(("newer", "newer", "older", "third", "9001")):
            self.take_in(self.one, token=token)
            line = self.line(self.one).sudo()
            with self.subTest(token):
                self.assertEqual((line.state, line.error_code), ("conflict", "TWO-TOKENS"))
                self.assertEqual(line.offered_token, "newer")
                self.assertEqual(len(self.quarantined()), max(0, number - 1))
        self.assertNotIn("9001", str(self.quarantined().sudo().mapped("payload")))
        line.with_user(self.manager).action_take_token()
        self.assertEqual(self.token(self.one), "newer")

    def test_another_token_for_a_person_who_has_one_is_a_conflict(self):
        self.one.reg_ids = [(0, 0, {"id_type": self.token_type.id, "value": "older"})]
        self.take_in(self.one, token="newer")
        line = self.line(self.one)
        self.assertEqual((line.state, line.error_code), ("conflict", "TWO-TOKENS"))
        self.assertEqual(self.token(self.one), "older")
        line.with_user(self.manager).action_take_token()
        self.assertEqual(self.token(self.one), "newer")
        self.assertEqual(line.state, "answered")
        self.assertFalse(line.sudo().offered_token)

    def test_a_token_that_is_taken_is_as_valid_as_one_that_comes_where_none_was(self):
        older = {"id_type": self.token_type.id, "value": "older", "status": "invalid"}
        older |= {"description": "Revoked", "expiry_date": "2020-01-01"}
        self.one.reg_ids = [(0, 0, older)]
        self.take_in(self.one, token="newer")
        self.line(self.one).with_user(self.manager).action_take_token()
        self.take_in(self.two, token="token-2")
        taken, came = (
            person.reg_ids.filtered(lambda row: row.id_type == self.token_type)
            for person in (self.one, self.two)
        )
        for name in ("status", "description", "expiry_date"):
            self.assertEqual(taken[name], came[name], name)
        self.assertEqual((taken.value, taken.status), ("newer", "valid"))

    def test_a_conflict_about_a_token_cannot_be_sent_away(self):
        self.one.reg_ids = [(0, 0, {"id_type": self.token_type.id, "value": "older"})]
        self.take_in(self.one, token="newer")
        line = self.line(self.one).with_user(self.operator)
        with self.assertRaisesRegex(UserError, "have a token"):
            line.action_send_again()
        self.assertEqual((line.state, line.is_superseded), ("conflict", False))

    def test_a_token_changed_here_is_told_and_can_be_fetched_anew(self):
        self.take_in(self.one, token="token-1")
        line, row = self.line(self.one), self.line(self.one).token_id
        row.write({"value": "token-1", "description": "As it came"})
        self.assertFalse(line.error_code)
        row.value = "mistyped"
        self.assertEqual((line.state, line.error_code), ("answered", "TOKEN-CHANGED"))
        self.assertIn("remove it", line.reason)
        row.unlink()
        line.with_user(self.operator).action_send_again()
        self.request._add_people(self.one.ids)
        self.take_in(self.one, token="token-1")
        self.assertEqual((self.token(self.one), self.line(self.one).error_code), ("token-1", False))

    def test_buttons_reach_nobody_of_another_company(self):
        self.take_in(self.one, error="IDA-MLC-029")
        line = self.line(self.one)
        line.company_id = self.env["res.company"].create({"name": "Far"})
        for user, button in (
            (self.operator, "action_send_again"),
            (self.manager, "action_keep_token"),
            (self.manager, "action_take_token"),
        ):
            with self.subTest(button), self.assertRaises(AccessError):
                getattr(line.with_user(user), button)()
        self.assertFalse(line.is_superseded)

    def test_the_older_token_can_be_kept(self):
        self.one.reg_ids = [(0, 0, {"id_type": self.token_type.id, "value": "older"})]
        self.take_in(self.one, token="newer")
        self.line(self.one).with_user(self.manager).action_keep_token()
        self.assertEqual(self.token(self.one), "older")

    def test_a_manager_sees_how_the_two_tokens_end_and_nobody_else_does(self):
        self.one.reg_ids = [(0, 0, {"id_type": self.token_type.id, "value": "111122223333"})]
        self.take_in(self.one, token="444455556666")
        line = self.line(self.one)
        words = line.with_user(self.manager).conflict_words
        self.assertIn("came ends in …6666", words)
        self.assertIn("there ends in …3333", words)
        self.assertNotIn("5556666", words)
        with self.assertRaises(AccessError):
            line.with_user(self.operator).read(["conflict_words"])
        line.with_user(self.manager).action_keep_token()
        self.assertFalse(line.with_user(self.manager).conflict_words)

    def test_an_old_token_that_is_not_there_cannot_be_kept(self):
        self.take_in(self.one, token="token-1")
        self.take_in(self.two, token="token-1")
        line = self.line(self.two).with_user(self.manager)
        self.assertIn("has no token", line.conflict_words)
        with self.assertRaisesRegex(UserError, "Send Again"):
            line.action_keep_token()
        self.assertEqual(line.state, "conflict")

    def test_a_token_that_somebody_else_has_is_a_conflict(self):
        self.take_in(self.one, token="token-1")
        self.take_in(self.two, token="token-1")
        self.assertEqual(self.line(self.two).error_code, "TOKEN-OF-ANOTHER")
        self.assertFalse(self.token(self.two))

    def test_a_token_of_the_wrong_format_keeps_nobody_else_out(self):
        self.token_type.id_validation = "^token-[0-9]+$"
        nonces = [self.line(person).sudo().nonce for person in (self.one, self.two)]
        answers = [PersonAnswer(nonces[0], token="junk"), PersonAnswer(nonces[1], token="token-2")]
        Intake(self.connector, answers).run()
        self.assertEqual((self.token(self.one), self.token(self.two)), (False, "token-2"))
        line = self.line(self.one)
        self.assertEqual((line.state, line.error_code), ("conflict", "TOKEN-REFUSED"))
        self.assertEqual(self.request.state, "answered")

    def test_a_vid_that_comes_back_as_the_token_is_refused_and_kept_nowhere(self):
        self.one.reg_ids.value, self.two.reg_ids.value = "5813076249681375", "7420918365027411"
        self.take_in(self.one, token="5813076249681375")
        self.take_in(self.two, token="7420 9183-65027411")
        for person in (self.one, self.two):
            line = self.line(person)
            self.assertEqual((line.state, line.error_code), ("refused", "TOKEN-IS-VID"))
            self.assertIn("Send Again", line.reason)
            self.assertFalse(line.sudo().offered_token)
            self.assertFalse(line.is_retryable)
            self.assertEqual(person.reg_ids.id_type, self.vid_type)
        self.line(self.one).with_user(self.operator).action_send_again()

    def test_a_vid_that_comes_back_does_not_take_the_place_of_a_token(self):
        self.one.reg_ids = [(0, 0, {"id_type": self.token_type.id, "value": "older"})]
        self.take_in(self.one, token="9001")
        line = self.line(self.one)
        self.assertEqual((line.state, self.token(self.one)), ("refused", "older"))

    def test_the_vid_of_somebody_else_may_look_like_a_token(self):
        self.take_in(self.one, token="9002")
        self.assertEqual(self.token(self.one), "9002")

    def test_one_delivery_answers_two_lines_of_one_person(self):
        self.request._lose("Nothing came.")
        self.request._add_people(self.one.ids)
        nonces = self.lines(partner_id=self.one.id).sudo().mapped("nonce")
        Intake(self.connector, [PersonAnswer(nonce, token="token-1") for nonce in nonces]).run()
        self.assertEqual(self.token(self.one), "token-1")
        states = self.lines(partner_id=self.one.id).mapped("state")
        self.assertEqual(states, ["answered", "answered"])

    def test_a_complete_request_that_nobody_closed_is_closed_at_the_next_look(self):
        self.request.line_ids.state = "answered"
        self.request._look_after()
        self.assertEqual(self.request.state, "answered")

    def test_a_token_for_somebody_deleted_meanwhile_closes_the_line_and_is_not_kept(self):
        line = self.line(self.one)
        nonce = line.sudo().nonce
        self.one.unlink()
        self.env.invalidate_all()
        self.take_in(self.two, token="token-2")
        for _time in range(2):
            Intake(self.connector, [PersonAnswer(nonce, token="token-1")]).run()
            self.assertEqual((line.state, line.error_code), ("refused", "PERSON-DELETED"))
        self.assertIn("was deleted here", line.reason)
        self.assertFalse(line.is_retryable or line.sudo().offered_token)
        self.assertEqual(self.request.state, "answered")
        self.assertFalse(self.quarantined())
        self.assertFalse(self.env["g2p.reg.id"].search([("value", "=", "token-1")]))

    def test_an_error_is_told_in_plain_words(self):
        self.take_in(self.one, error="IDA-MLC-029")
        line = self.line(self.one)
        self.assertEqual(line.state, "refused")
        self.assertIn("checksum", line.reason)
        self.assertFalse(line.is_retryable)

    def test_not_indexed_yet_is_worth_another_try(self):
        self.take_in(self.one, error="IDA-MLC-018")
        self.assertTrue(self.line(self.one).is_retryable)
        self.assertTrue(self.line(self.one).retry_at)

    def test_nobody_is_tried_for_ever(self):
        self.connector.g2p_most_attempts = 1
        self.take_in(self.one, error="IDA-MLC-018")
        self.assertFalse(self.line(self.one).is_retryable)

    def test_an_error_that_comes_late_takes_no_token_back(self):
        self.take_in(self.one, token="token-1")
        self.take_in(self.one, error="AUT_BAS_001")
        self.assertEqual(self.line(self.one).state, "answered")

    def test_a_token_that_comes_late_is_welcome(self):
        self.request._lose("Nothing came.")
        self.take_in(self.one, token="token-1")
        self.assertEqual(self.token(self.one), "token-1")
        self.assertEqual(self.line(self.one).state, "answered")

    def test_the_statements_do_not_grow_with_the_answers(self):
        few, many = self.statements(2), self.statements(40)
        self.assertLessEqual(many, few)

    def statements(self, number):
        people = self.people(*(f"5{number}{n:03}" for n in range(number)))
        request = self.env["g2p.mts.request"].create({"connector_id": self.connector.id})
        request._add_people(people.ids)
        request.write({"state": "sent", "sent_at": "2026-01-01 00:00:00"})
        request.line_ids.state = "sent"
        self.env.flush_all()
        nonces = request.line_ids.sudo().mapped("nonce")
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        Intake(self.connector, [PersonAnswer(n, token=f"t{n}") for n in nonces]).run()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before
