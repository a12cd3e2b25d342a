from datetime import timedelta

from odoo.fields import Datetime
from odoo.tests import tagged

from ..flow.intake import Intake
from ..meaning.answers import PersonAnswer
from ..meaning.pauses import OVERDUE
from .ledger_case import LedgerCase


@tagged("post_install", "-at_install")
class TestAsking(LedgerCase):
    """However often an operator asks, answers that are being brought are waited for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        base = "https://registry.example.test"
        cls.connector.write({"delivery_type": "callback", "g2p_answer_base_url": base})
        cls.connector.with_user(cls.officer).action_approve()

    def setUp(self):
        super().setUp()
        # The sample MTS is done, and its calls do not come: those that do are made by the test.
        self.seeder.set_dials(callback_lost=True)
        self.people("9001", "9002")
        self.start()
        while self.connector.g2p_request_ids.state != "sent":
            self.queue.perform(self.queue.waiting[0])
        self.request = self.connector.g2p_request_ids
        self.nonces = self.request.line_ids.sudo().mapped("nonce")

    def ask(self):
        """Press "Ask Now", and have the MTS asked."""
        self.request.with_user(self.operator).action_look_now()
        [look] = self.queue.waiting.filtered(lambda job: job.method_name == "_look_after")
        self.queue.perform(look)

    def let_pass(self, seconds):
        """So much time has passed, as far as the request knows."""
        self.assertTrue(self.request.quiet_since)
        self.request.quiet_since -= timedelta(seconds=seconds)

    def bring(self, nonce):
        """What the MTS calls with for one person."""
        output = {"status": "processed", "token": f"token of {nonce}"}
        document = [{"nonce": nonce, "output": output}]
        return self.env["g2p.mts.answer"]._receive(self.connector, document, "call")

    def test_asking_twice_gives_nothing_up(self):
        for _time in range(3):
            self.ask()
        self.assertEqual(self.request.state, "sent")
        self.assertEqual(set(self.lines().mapped("state")), {"sent"})

    def test_answers_that_do_not_come_are_given_up_in_time(self):
        self.ask()
        [look] = self.queue.waiting
        self.assertAlmostEqual(
            (look.eta - Datetime.now()).total_seconds(), OVERDUE, delta=OVERDUE / 2
        )
        self.let_pass(OVERDUE)
        self.queue.perform(look)
        self.assertEqual(self.request.state, "lost")
        self.assertIn("not all answers have arrived", self.request.trouble)

    def test_a_look_that_failed_is_none_at_an_mts_that_is_done(self):
        self.seeder.set_dials(callback_lost=True, status_500={"value": 500, "calls": 1})
        self.ask()
        self.assertFalse(self.request.quiet_since)
        self.ask()
        self.assertEqual(self.request.state, "sent")

    def test_the_time_begins_anew_with_each_answer(self):
        self.ask()
        self.let_pass(OVERDUE)
        token = PersonAnswer(self.nonces[0], token="token-1")  # noqa: S106  it is no token
        Intake(self.connector, [token]).run()
        self.ask()
        self.assertEqual(self.request.state, "sent")
        self.let_pass(OVERDUE)
        self.ask()
        self.assertEqual(self.request.state, "lost")
        self.assertEqual(sorted(self.request.line_ids.mapped("state")), ["answered", "lost"])

    def test_answers_that_are_here_are_waited_for(self):
        self.ask()
        self.let_pass(OVERDUE)
        answers = [self.bring(nonce) for nonce in self.nonces]
        self.ask()
        self.assertEqual(self.request.state, "sent")
        for answer in answers:
            answer._take_in()
        self.assertEqual(self.request.state, "answered")

    def test_answers_of_another_connector_are_not(self):
        self.ask()
        self.let_pass(OVERDUE)
        other = self._create_connector(name="Others")
        self.env["g2p.mts.answer"]._receive(other, [], "call")
        self.ask()
        self.assertEqual(self.request.state, "lost")
