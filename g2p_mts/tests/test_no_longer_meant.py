from odoo.fields import Datetime
from odoo.tests import tagged

from .ledger_case import LedgerCase

NOT_YET = "IDA-MLC-018"


@tagged("post_install", "-at_install")
class TestNoLongerMeant(LedgerCase):
    """Whoever was chosen and is not meant any more is neither sent nor waited for."""

    def setUp(self):
        super().setUp()
        domain = [["reg_ids.id_type", "=", self.vid_type.id], ["disabled", "=", False]]
        self.connector.g2p_search_domain = str(domain).replace("'", '"').replace("False", "false")
        self.connector.with_user(self.officer).action_approve()

    def _vid(self, person):
        return person.reg_ids.filtered(lambda row: row.id_type == self.vid_type)

    def _give_token(self, person):
        token = {"id_type": self.token_type.id, "value": f"token of {person.id}"}
        person.reg_ids = [(0, 0, token)]

    def _disable(self, person):
        person.disabled = Datetime.now()

    def _ways_out(self):
        """Ways in which a person stops being meant, by a name."""
        return {
            "disabled": self._disable,
            "without VID": lambda person: self._vid(person).unlink(),
            "with token": self._give_token,
            "deleted": lambda person: person.unlink(),
        }

    # -- who waits to be sent --------------------------------------------------------------------

    def queue_and_lose(self, leave, *vids):
        """Queue these people, of whom the first stops being meant before the MTS can be reached."""
        people = self.people(*vids)
        self.start()
        self.queue.perform(self.queue.waiting[0])
        leave(people[0])
        self.queue.work_off()
        return people

    def sent_vids(self):
        """The VIDs that have left."""
        requests = [one["envelope"]["request"] for one in self.seeder.submissions()]
        return [record["vid"] for request in requests for record in request["authdata"]]

    def test_who_left_the_filter_while_queued_is_not_sent_and_the_others_are(self):
        gone, stays = self.queue_and_lose(self._disable, "9001", "9002")
        self.assertEqual(self.sent_vids(), ["9002"])
        line = self.lines(partner_id=gone.id)
        self.assertRecordValues(line, [{"state": "left_out", "sent_at": False, "attempt": 1}])
        self.assertIn("the filter leaves the person out", line.reason)
        self.assertTrue(self.token(stays))
        self.assertEqual(self.connector.job_status, "completed")

    def test_who_got_a_token_while_queued_is_not_sent(self):
        [person] = self.queue_and_lose(self._give_token, "9001")
        self.assertFalse(self.seeder.submissions())
        self.assertEqual(self.lines().state, "left_out")
        self.assertEqual(self.token(person), f"token of {person.id}")
        self.assertEqual(self.connector.g2p_request_ids.state, "cancelled")
        self.assertEqual(self.connector.job_status, "completed")

    def test_who_lost_the_vid_while_queued_is_refused_for_that(self):
        self.queue_and_lose(lambda person: self._vid(person).unlink(), "9001")
        self.assertFalse(self.seeder.submissions())
        self.assertEqual(self.lines().error_code, "ATS-REQ-009")

    def test_who_was_left_out_is_sent_once_meant_again(self):
        [person] = self.queue_and_lose(self._disable, "9001")
        person.disabled = False
        self.run_to_the_end()
        self.assertEqual(self.lines().mapped("state"), ["left_out", "answered"])
        self.assertTrue(self.token(person))

    # -- who was to be sent again ----------------------------------------------------------------

    def let_retries_be_due(self):
        self.env.flush_all()
        query = "UPDATE g2p_mts_request_line SET retry_at = retry_at - interval '1 day'"
        self.env.cr.execute(query)
        self.env.invalidate_all()

    def refuse(self, *vids):
        """The MTS does not find these people yet; nothing happens before they are sent again."""
        self.seeder.set_settings(refusals={"^9": [NOT_YET]})
        people = self.people(*vids)
        self.start()
        while not self.lines(partner_id=people[0].id, state="refused"):
            self.queue.perform(self.queue.waiting[0])
        [again] = self.queue.waiting
        self.assertTrue(again.eta)
        self.seeder.set_settings(refusals={})
        self.let_retries_be_due()
        return people

    def test_a_round_ends_when_nobody_to_be_sent_again_is_meant_any_more(self):
        for number, (way, leave) in enumerate(self._ways_out().items()):
            with self.subTest(way):
                [person] = self.refuse(f"900{number}")
                line = self.lines(partner_id=person.id)
                self.assertIn("It is tried again.", line.reason)
                leave(person)
                self.queue.perform(self.queue.waiting[0])
                self.assertEqual(self.connector.job_status, "completed")
                self.assertFalse(self.queue.waiting)
                self.assertRecordValues(
                    line,
                    [{"state": "refused", "error_code": NOT_YET, "is_retryable": False}],
                )
                self.assertNotIn("again", line.reason)

    def test_whoever_is_still_meant_is_sent_again_and_alone_counted(self):
        people = self.refuse("9001", "9002", "9003")
        self._disable(people[0])
        later = Datetime.add(Datetime.now(), hours=1)
        self.lines(partner_id=people[1].id).sudo().retry_at = later
        self.lines(partner_id=people[2].id).sudo().retry_at = later
        self.queue.perform(self.queue.waiting[0])
        self.assertIn("2 people are sent again", self.connector.trouble)
        self.let_retries_be_due()
        self.queue.work_off()
        self.assertEqual([bool(self.token(one)) for one in people], [False, True, True])
        self.assertEqual(self.connector.job_status, "completed")

    def test_who_comes_back_is_sent_though_the_attempts_were_called_off(self):
        [person] = self.refuse("9001")
        self._disable(person)
        self.queue.work_off()
        self.assertFalse(self.token(person))
        person.disabled = False
        self.run_to_the_end()
        self.assertTrue(self.token(person))

    def test_a_reason_does_not_promise_another_attempt_when_there_is_none(self):
        self.connector.g2p_most_attempts = 1
        self.seeder.set_settings(refusals={"^9": [NOT_YET]})
        self.people("9001")
        self.run_to_the_end()
        self.assertIn(NOT_YET, self.lines().reason)
        self.assertNotIn("again", self.lines().reason)
