from odoo.tests import tagged

from ..flow.intake import Intake
from ..flow.records import Records
from ..meaning.answers import PersonAnswer
from .ledger_case import LedgerCase

#: The ORM creates so many rows with one statement.
AT_A_TIME = 100


@tagged("post_install", "-at_install")
class TestStatements(LedgerCase):
    """A batch costs as many SQL statements with 200 people as with 20."""

    def setUp(self):
        super().setUp()
        self.connector.user_id = self.operator
        self.connector.write({"g2p_batch_floor": 1, "g2p_batch_ceiling": 1000})
        # What is read once in the life of a process is not to be counted.
        self.send(2, "1")
        self.take_in()

    def counted(self, work):
        """How many statements, beginning and ending with nothing in memory."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        work()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def send(self, number, prefix):
        """People are chosen, stored and built, as two jobs do it."""
        self.people(*(f"{prefix}{place:05}" for place in range(number)))
        self.connector.write({"g2p_batch_size": number, "g2p_last_person": 0})
        chosen = self.counted(self.connector.with_user(self.operator).sudo()._queue_batch)
        request = self.connector.g2p_request_ids[0]
        built = self.counted(lambda: self.assertEqual(len(Records(request).build()), number))
        return chosen + built

    def take_in(self):
        """Everybody of the last request is answered."""
        request = self.connector.g2p_request_ids[0]
        request.write({"state": "sent", "sent_at": "2026-01-01 00:00:00"})
        request.line_ids.state = "sent"
        nonces = request.line_ids.sudo().mapped("nonce")
        answers = [PersonAnswer(nonce, token=f"token-{nonce}") for nonce in nonces]
        counted = self.counted(Intake(self.connector, answers).run)
        self.assertEqual(request.state, "answered")
        return counted

    def test_sending_and_taking_in_cost_the_same_for_20_and_for_200_people(self):
        few = self.send(20, "2"), self.take_in()
        many = self.send(200, "3"), self.take_in()
        # One more or less: whether the user is in memory is not up to the batch.
        self.assertAlmostEqual(many[0], few[0], delta=1)
        self.assertAlmostEqual(many[1], few[1] + 200 // AT_A_TIME, delta=1)
