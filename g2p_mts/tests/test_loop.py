import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .ledger_case import LedgerCase


@tagged("post_install", "-at_install")
class TestLoop(LedgerCase):
    def test_everybody_gets_the_token_of_their_own_vid(self):
        people = self.people("9001", "9002", "9003")
        self.run_to_the_end()
        self.assertEqual(
            people.mapped(self.token), [self.seeder.token_of(f"900{n}") for n in (1, 2, 3)]
        )
        self.assertEqual(set(self.lines().mapped("state")), {"answered"})
        self.assertEqual(self.connector.job_status, "completed")

    def test_a_line_is_called_by_numbers_and_names_nobody(self):
        person = self.people("9001")
        self.run_to_the_end()
        line = self.lines()
        self.assertIn(str(line.id), line.display_name)
        self.assertNotIn(person.name, line.display_name)

    def test_batch_after_batch_reaches_everybody_once(self):
        self.connector.write({"g2p_batch_floor": 2, "g2p_batch_size": 2, "g2p_batch_ceiling": 2})
        people = self.people(*(str(9000 + number) for number in range(7)))
        self.run_to_the_end()
        self.assertTrue(all(people.mapped(self.token)))
        sizes = [len(s["envelope"]["request"]["authdata"]) for s in self.seeder.submissions()]
        self.assertEqual(sizes, [2, 2, 2, 1])
        self.assertEqual(len(self.lines()), 7)

    def test_only_what_was_selected_leaves_with_vid_and_nonce(self):
        self.people("9001", email="nusta@example.test", phone="555")
        self.connector.write(
            {
                "g2p_selected_fields": json.dumps(
                    ["given_name", "family_name", "gender", "birthdate", "address"]
                ),
                "mapping": json.dumps(
                    {
                        "vid": "vid",
                        "name": ["given_name", "family_name"],
                        "gender": "gender",
                        "dob": "birthdate",
                        "fullAddress": ["address"],
                    }
                ),
            }
        )
        self.connector.with_user(self.officer).action_approve()
        self.run_to_the_end()
        [submission] = self.seeder.submissions()
        [record] = submission["envelope"]["request"]["authdata"]
        nonce = self.lines().sudo().nonce
        self.assertEqual(
            record,
            {
                "given_name": "Ñusta",
                "family_name": "Family 9001",
                "gender": "female",
                "birthdate": "1984/07/19",
                "address": "Plot 9",
                "vid": "9001",
                "nonce": nonce,
            },
        )

    def test_a_person_with_a_token_is_not_sent(self):
        person = self.people("9001")
        person.reg_ids = [(0, 0, {"id_type": self.token_type.id, "value": "here-already"})]
        self.run_to_the_end()
        self.assertFalse(self.seeder.submissions())
        self.assertEqual(self.token(person), "here-already")

    def test_a_person_without_birth_date_is_refused_here_and_not_sent_again(self):
        good, bad = self.people("9001"), self.people("9002", birthdate=False)
        self.run_to_the_end()
        self.assertTrue(self.token(good))
        line = self.lines(partner_id=bad.id)
        self.assertEqual((line.state, line.error_code), ("refused", "ATS-REQ-012"))
        self.assertIn("birth date", line.reason)
        self.seeder.clear_seen()
        self.run_to_the_end()
        self.assertEqual(len(self.lines(partner_id=bad.id)), 1)

    def let_a_day_pass(self):
        """The clock stands still in a test."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE g2p_mts_request_line SET create_date = create_date - interval '1 day'"
        )

    def test_a_person_put_right_is_sent_even_if_the_answer_comes_later(self):
        person = self.people("9001", birthdate=False)
        self.run_to_the_end()
        self.let_a_day_pass()
        person.birthdate = "1990-01-01"
        self.assertGreaterEqual(self.lines().closed_at, person.write_date.replace(microsecond=0))
        self.run_to_the_end()
        self.assertTrue(self.token(person))

    def test_a_person_whose_vid_was_put_right_is_sent(self):
        self.seeder.set_settings(refusals={"^9001$": ["IDA-MLC-029"]})
        person = self.people("9001")
        self.run_to_the_end()
        self.assertIn("Correct it among the IDs", self.lines().reason)
        self.let_a_day_pass()
        yesterday = "UPDATE res_partner SET write_date = write_date - interval '2 days'"
        self.env.cr.execute(yesterday + " WHERE id = %s", [person.id])
        person.reg_ids.value = "9002"
        self.run_to_the_end()
        self.assertEqual(self.token(person), self.seeder.token_of("9002"))

    def test_send_again_lets_a_refused_person_go(self):
        person = self.people("9001", birthdate=False)
        self.run_to_the_end()
        self.lines().with_user(self.operator).action_send_again()
        self.run_to_the_end()
        self.assertEqual(self.lines(partner_id=person.id).mapped("attempt"), [1, 1])

    def test_nothing_is_sent_before_it_is_approved(self):
        self.people("9001")
        self.connector.mapping = self.connector.mapping + " "
        with self.assertRaisesRegex(UserError, "data-protection officer"):
            self.start()
        with self.assertRaises(AccessError):
            self.connector.with_user(self.manager).action_approve()
        self.connector.with_user(self.officer).action_approve()
        self.start()
        self.assertEqual(self.connector.job_status, "started")

    def test_a_change_under_way_stops_before_the_next_round(self):
        self.people("9001")
        self.start()
        self.connector.g2p_purpose = "Something else"
        self.queue.work_off()
        self.assertFalse(self.seeder.submissions())
        self.assertEqual(self.connector.job_status, "draft")
        self.assertIn("approved", self.connector.trouble)

    def test_stop_takes_back_what_was_not_sent(self):
        self.people("9001")
        self.start()
        waiting = self.queue.waiting
        self.queue.perform(waiting[0])
        self.assertEqual(self.connector.g2p_request_ids.state, "queued")
        self.start()  # the same button: now it stops
        self.queue.work_off()
        self.assertFalse(self.seeder.submissions())
        self.assertEqual(self.connector.job_status, "draft")
        self.assertEqual(self.connector.g2p_request_ids.state, "cancelled")

    def test_job_arguments_hold_nobody(self):
        self.people("9001")
        self.run_to_the_end()
        for job in self.queue.jobs:
            self.assertEqual((job.args, job.kwargs), ([], {}))
