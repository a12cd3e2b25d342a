from odoo.exceptions import UserError
from odoo.tests import tagged

from ..flow.due import Due
from ..flow.intake import Intake
from ..flow.vid_rule import read_rule
from ..meaning.answers import PersonAnswer
from .ledger_case import LedgerCase

MISTYPED, VID = "7420918365027411", "5813076249681375"


@tagged("post_install", "-at_install")
class TestVidChanged(LedgerCase):
    """A token is proof for the VID that was sent, and for no other one."""

    def setUp(self):
        super().setUp()
        self.person = self.people(MISTYPED)
        self.line = self.sent(self.person)

    def sent(self, person):
        """The line of somebody whose answer is waited for."""
        request = self.env["g2p.mts.request"].create({"connector_id": self.connector.id})
        request._add_people(person.ids)
        request.write({"state": "sent", "sent_at": "2026-01-01 00:00:00"})
        request.line_ids.write({"state": "sent", "sent_at": "2026-01-01 00:00:00"})
        return request.line_ids

    def answer(self, line, number=1):
        """The MTS brings a token for what it was sent."""
        answer = PersonAnswer(line.sudo().nonce, token=f"token-{number}")
        Intake(self.connector, [answer]).run()

    def vid(self, person):
        """The ID row with the VID."""
        return person.reg_ids.filtered(lambda row: row.id_type == self.vid_type)

    def due(self):
        """Of whom the VID is due."""
        rows = Due(self.env, read_rule(self.env)).after(0, 100)
        return self.env["res.partner"].browse(row.partner_id for row in rows)

    def assertConflict(self, person):
        """The token that came is not on the person: somebody has to decide."""
        self.assertEqual((self.line.state, self.line.error_code), ("conflict", "VID-CHANGED"))
        self.assertIn("Send Again", self.line.reason)
        self.assertFalse(self.token(person))
        self.assertFalse(self.due())

    def test_a_token_for_a_vid_that_was_corrected_meanwhile_is_a_conflict(self):
        self.vid(self.person).value = VID
        self.answer(self.line)
        self.assertConflict(self.person)
        self.line.with_user(self.manager).action_take_token()
        self.assertEqual(self.due(), self.person)

    def test_a_token_for_a_vid_that_was_replaced_meanwhile_is_a_conflict(self):
        self.vid(self.person).unlink()
        self.person.reg_ids = [(0, 0, {"id_type": self.vid_type.id, "value": VID})]
        self.answer(self.line)
        self.assertConflict(self.person)
        self.line.with_user(self.operator).action_send_again()
        again = self.sent(self.person)
        self.answer(again)
        self.assertEqual((again.state, self.due()), ("answered", self.person))

    def test_a_token_that_comes_late_for_a_vid_that_was_corrected_is_a_conflict(self):
        self.line._lose()
        self.vid(self.person).value = VID
        self.answer(self.line)
        self.assertConflict(self.person)

    def test_whoever_is_put_off_and_corrected_is_not_trusted_whichever_vid_was_answered(self):
        self.line.state = "queued"
        self.vid(self.person).value = VID
        self.line.state = "sent"
        self.answer(self.line)
        self.assertConflict(self.person)

    def test_a_vid_that_is_corrected_before_anything_left_is_the_one_that_is_sent(self):
        self.line.write({"state": "queued", "sent_at": False})
        self.vid(self.person).value = VID
        self.line.state = "sent"
        self.answer(self.line)
        self.assertEqual(self.due(), self.person)

    def test_whatever_else_is_written_about_a_vid_it_stays_the_one_that_was_sent(self):
        grouped = f"{MISTYPED[:4]} {MISTYPED[4:8]}-{MISTYPED[8:]}"
        self.vid(self.person).write({"value": grouped, "status": "valid", "description": "Seen"})
        self.answer(self.line)
        self.assertEqual(self.due(), self.person)

    def test_a_vid_that_is_corrected_after_the_answer_is_not_due(self):
        self.answer(self.line)
        self.assertEqual(self.due(), self.person)
        self.vid(self.person).value = VID
        self.assertFalse(self.due())
        self.assertEqual((self.line.state, self.line.error_code), ("answered", "VID-CHANGED"))
        with self.assertRaisesRegex(UserError, "have a token"):
            self.line.with_user(self.operator).action_send_again()

    def test_one_more_vid_of_somebody_whose_first_is_gone_is_due(self):
        self.answer(self.line)
        self.vid(self.person).unlink()
        self.person.reg_ids = [(0, 0, {"id_type": self.vid_type.id, "value": VID})]
        self.assertEqual(self.due(), self.person)

    def test_a_vid_that_is_moved_to_somebody_with_a_token_is_not_due(self):
        self.answer(self.line)
        self.vid(self.person).unlink()
        other = self.people(VID)
        self.vid(other).partner_id = self.person
        self.assertTrue(self.vid(self.person))
        self.assertFalse(self.due())

    # -- people who are merged -------------------------------------------------------------------

    def merge(self, source, target):
        """One person is left of two."""
        self.env["base.partner.merge.automatic.wizard"]._merge((source | target).ids, target)
        self.assertFalse(source.exists())
        self.env.invalidate_all()

    def test_a_vid_that_was_never_sent_is_not_due_for_the_token_of_whom_it_is_merged_with(self):
        for target in (0, 1):
            person = self.people(f"90{target}1")
            self.answer(self.sent(person), target)
            self.vid(person).unlink()
            duplicate = self.people(f"90{target}2", name=f"DUPLICATE {target}")
            pair = person | duplicate
            with self.subTest(target=target):
                self.merge(pair[1 - target], pair[target])
                self.assertTrue(self.vid(pair[target]) and self.token(pair[target]))
                self.assertFalse(self.due())

    def test_an_answer_that_comes_after_a_merge_is_not_for_the_vid_of_the_other_one(self):
        self.vid(self.person).unlink()
        other = self.people(VID)
        self.merge(self.person, other)
        self.answer(self.line)
        self.assertConflict(other)

    def test_who_is_merged_with_somebody_without_a_vid_keeps_what_was_proved(self):
        self.answer(self.line)
        nobody = self.env["res.partner"].create({"name": "DUPLICATE", "is_registrant": True})
        self.merge(self.person, nobody)
        self.assertEqual(self.due(), nobody)
