from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ..flow.intake import Intake
from ..flow.records import Records
from .ledger_case import LedgerCase


def broken(*_args):
    raise RuntimeError("CANARY lives at Kilima Road 4")


@tagged("post_install", "-at_install")
class TestFailedJobs(LedgerCase):
    """A job that ends in an exception nobody foresaw is told, and can be begun anew."""

    def setUp(self):
        super().setUp()
        self.person = self.people("9001")
        self.start()

    def assert_told(self, record, *names):
        """In words, by the name of the error alone, and not as if something went on by itself."""
        for name in names:
            self.assertIn("Internal error (RuntimeError)", record[name])
        self.assertNotIn("CANARY", repr(record.read()))

    def test_sending_that_failed_is_told_and_sent_when_the_operator_says_so(self):
        with patch.object(Records, "build", broken):
            self.queue.work_off()
        request = self.connector.g2p_request_ids
        self.assertEqual(request.state, "queued")
        self.assert_told(request, "trouble")
        self.assert_told(self.connector, "trouble")
        self.assertFalse(self.connector.paused_until)
        self.assertFalse(self.queue.waiting)
        request.with_user(self.operator).action_send_now()
        self.queue.work_off()
        self.assertEqual(self.token(self.person), self.seeder.token_of("9001"))
        self.assertFalse(request.trouble or self.connector.trouble)

    def test_answers_that_failed_are_asked_for_again(self):
        with patch.object(Intake, "run", broken):
            self.queue.work_off()
        request = self.connector.g2p_request_ids
        self.assertEqual(request.state, "sent")
        self.assert_told(request, "trouble")
        request.with_user(self.operator).action_look_now()
        self.queue.work_off()
        self.assertEqual(self.token(self.person), self.seeder.token_of("9001"))
        self.assertFalse(request.trouble or self.connector.trouble)

    def test_send_now_does_not_wait_for_the_next_time(self):
        self.seeder.set_dials(submit_500={"value": 503, "calls": 1})
        self.queue.perform(self.queue.waiting[0])
        self.queue.perform(self.queue.waiting[0])
        request = self.connector.g2p_request_ids
        self.assertTrue(self.queue.waiting.eta)
        request.with_user(self.operator).action_send_now()
        self.assertEqual(self.queue.waiting.mapped("eta"), [False])

    def test_a_call_that_could_not_be_taken_in_is_shown_and_taken_in_again(self):
        self.queue.perform(self.queue.waiting[0])
        self.queue.perform(self.queue.waiting[0])
        line = self.lines(partner_id=self.person.id)
        output = {"status": "processed", "token": "token-1"}
        document = [{"nonce": line.sudo().nonce, "output": output}]
        answer = self.env["g2p.mts.answer"]._receive(self.connector, document, "call")
        with patch.object(Intake, "run", broken):
            self.queue.perform(self.queue.jobs[-1])
        self.assertEqual(answer.state, "waiting")
        self.assert_told(answer, "reason")
        shown = self.env["ir.actions.act_window"]._for_xml_id("g2p_mts.action_mts_answer")
        self.assertIn(answer, answer.search(safe_eval(shown["domain"])))
        answer.with_user(self.operator).action_take_in()
        self.queue.perform(self.queue.jobs[-1])
        self.assertEqual((answer.state, answer.reason), ("taken_in", False))
        self.assertEqual(self.token(self.person), "token-1")

    def test_only_operators_let_them_go_on(self):
        request = self.connector.g2p_request_ids
        answers = self.env["g2p.mts.answer"]
        for record, button in ((request, "action_send_now"), (answers, "action_take_in")):
            with self.subTest(button), self.assertRaises(AccessError):
                getattr(record.with_user(self.officer), button)()
