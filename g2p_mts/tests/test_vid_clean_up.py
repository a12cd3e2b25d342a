from unittest.mock import patch

import psycopg2
from psycopg2.errors import DivisionByZero, UniqueViolation

from odoo import fields
from odoo.exceptions import UserError
from odoo.sql_db import connection_info_for
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL, mute_logger

from ..flow import clean_up
from ..flow.due import Due
from ..flow.vid_batch import Batch
from ..flow.vid_rule import read_rule
from .clean_up_case import CleanUpCase

RUNNER = "odoo.addons.g2p_mts.mixins.vid_deletion_work"


def refuse(test, person, words="VID %s is guarded"):
    """Have an addon object to deleting the VID of one person, quoting it."""
    rows = type(test.env["g2p.reg.id"])
    unlink = rows.unlink

    def guarded(rows):
        if person in rows.partner_id:
            vid = rows.filtered(lambda row: row.partner_id == person)[:1].value
            raise UserError(words % vid)
        return unlink(rows)

    test.enterContext(patch.object(rows, "unlink", guarded))


@tagged("post_install", "-at_install")
class TestVidCleanUp(CleanUpCase):
    """Deletes batch by batch; nobody is kept from it by somebody else."""

    def in_batches_of(self, size):
        """From now on, batches are this small."""
        self.set_rule(batch=str(size))

    # -- deleting --------------------------------------------------------------------------------

    def test_the_vid_goes_and_the_token_stays(self):
        people = self.due(2)
        receipt = self.clean_up()
        self.assertFalse(self.vids(people))
        self.assertEqual(people.reg_ids.mapped("id_type"), self.token_type)
        self.assertEqual(
            (receipt.state, receipt.deleted_count, receipt.failed_count), ("done", 2, 0)
        )
        self.assertEqual(receipt.line_ids.partner_id, people)
        self.assertEqual(set(receipt.line_ids.mapped("outcome")), {"deleted"})

    def test_who_is_not_due_keeps_the_vid(self):
        self.due()
        waiting = self._person("BEN")
        self.give_vid(waiting)
        self.clean_up()
        self.assertTrue(self.vids(waiting))

    def test_the_vid_is_swept_and_stays_gone(self):
        person = self.due()
        [vid] = self.vids(person)
        person.message_post(body=f"Called about {vid}")
        receipt = self.clean_up()
        self.assertNotIn(vid, person.message_ids[0].body)
        self.assertEqual(receipt.found, {"message": 1})
        self.assertIn("1  Messages in the chatter", receipt.found_words)
        with self.assertRaises(UserError):
            self.give_vid(person, value=vid)

    def test_the_token_that_a_vid_goes_for_is_not_swept_away_with_it(self):
        person = self.due()
        [row] = Due(self.env, read_rule(self.env)).take(0, 9)
        token = self.env["g2p.reg.id"].browse(row.token_id)
        self.env.cr.execute("UPDATE g2p_reg_id SET value = %s WHERE id = %s", [row.value, token.id])
        outcome = Batch(self.env, is_practice=False).run([row])
        self.assertEqual((outcome.deleted, dict(outcome.found)), (1, {}))
        self.assertEqual(person.reg_ids, token)

    def test_everybody_is_reached_whatever_the_size_of_a_batch(self):
        self.in_batches_of(2)
        people = self.due(5)
        receipt = self.clean_up()
        self.assertFalse(self.vids(people))
        self.assertEqual((receipt.due_count, receipt.deleted_count), (5, 5))
        self.assertEqual(receipt.line_ids.partner_id, people)

    def test_a_run_that_finds_nothing_leaves_no_receipt(self):
        self.assertFalse(self.clean_up())

    def test_the_receipt_says_when_by_which_rule_and_what_started_it(self):
        self.env["ir.config_parameter"].with_user(self.env.ref("base.user_admin")).set_param(
            "g2p_mts.vid_delete_after_days", "1"
        )
        person = self.due()
        line = self.env["g2p.mts.request.line"].search([("partner_id", "=", person.id)])
        line.closed_at = "2026-01-02 03:04:05"
        receipt = self.clean_up()
        self.assertEqual(receipt.trigger, "schedule")
        self.assertIn("“MOSIP VID (test)”", receipt.rule_words)
        self.assertIn("1 days after", receipt.rule_words)
        self.assertEqual(receipt.rule_by_id, self.env.ref("base.user_admin"))
        self.assertTrue(receipt.started_at <= receipt.line_ids.noted_at <= receipt.ended_at)

    def test_the_number_of_statements_does_not_depend_on_the_number_of_people(self):
        self.due(3)
        self.clean_up()
        counts = []
        for number in (2, 20):
            self.due(number)
            before = self.env.cr.sql_log_count
            self.assertEqual(self.clean_up().deleted_count, number)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)

    # -- one bad row -----------------------------------------------------------------------------

    def test_one_that_cannot_be_deleted_is_a_line_with_a_reason_and_the_rest_goes(self):
        people = self.due(5)
        refuse(self, people[2])
        receipt = self.clean_up()
        self.assertEqual(len(self.vids(people)), 1)
        self.assertEqual((receipt.deleted_count, receipt.failed_count), (4, 1))
        [line] = receipt.line_ids.filtered(lambda line: line.outcome == "failed")
        self.assertEqual((line.partner_id, line.reason), (people[2], "VID … is guarded"))
        self.assertEqual(receipt.state, "done")

    def test_what_the_database_refuses_is_told_and_logged_without_the_value(self):
        people = self.due(2)
        vid = self.vids(people[0])[0]
        self.env.flush_all()
        self.env.cr.execute(
            """CREATE TABLE test_guard (row_id integer
                   CONSTRAINT test_guard REFERENCES g2p_reg_id ON DELETE RESTRICT)"""
        )
        row = people[0].reg_ids.filtered(lambda row: row.id_type == self.vid_type)
        self.env.execute_query(SQL("INSERT INTO test_guard VALUES (%s) RETURNING 1", row.id))
        with self.assertLogs(level="INFO") as log:
            receipt = self.clean_up()
        [line] = receipt.line_ids.filtered(lambda line: line.outcome == "failed")
        self.assertEqual(line.reason, "The database refused it (test_guard).")
        self.assertNotIn(vid, "\n".join(log.output))
        self.assertEqual(self.vids(people), [vid])

    def test_the_schedule_tries_a_failed_one_again_after_a_day(self):
        person = self.due()
        refuse(self, person)
        self.clean_up()
        self.assertFalse(self.clean_up())
        with freeze_time(fields.Datetime.add(fields.Datetime.now(), hours=25)):
            self.assertEqual(self.clean_up().failed_count, 1)

    # -- settings that do not fit ----------------------------------------------------------------

    def test_a_rule_that_cannot_be_followed_deletes_nothing_and_fails_nothing(self):
        people = self.due()
        for name, value, words in (
            ("vid_id_type", False, "No ID type is chosen for the VID"),
            ("uin_token_id_type", str(self.vid_type.id), "different ID types"),
            ("vid_delete_search_domain", '[["no_such_field", "=", 1]]', "no_such_field"),
            ("vid_delete_search_domain", "{", "not JSON"),
            ("vid_delete_after_days", "soon", "a number from 0"),
            ("vid_delete_brake_percent", "0", "from 1 to 100"),
            ("vid_delete_brake_rows", "none", "at least 1"),
        ):
            parameters = self.env["ir.config_parameter"]
            before = parameters.get_param(f"g2p_mts.{name}")
            parameters.set_param(f"g2p_mts.{name}", value)
            with self.subTest(name, value=value):
                with self.assertLogs(RUNNER, "WARNING") as log:
                    self.assertFalse(self.clean_up())
                self.assertIn(words, log.output[0])
                self.assertTrue(self.vids(people))
            parameters.set_param(f"g2p_mts.{name}", before)
        self.assertTrue(self.clean_up())

    # -- servers that die, or are faster ---------------------------------------------------------

    def test_time_that_is_up_is_no_end_and_the_same_receipt_goes_on(self):
        self.in_batches_of(1)
        people = self.due(3)
        for name, value in (("MIN_TIME_PER_JOB", 0), ("MIN_RUNS_PER_JOB", 1)):
            self.enterContext(patch(f"odoo.addons.base.models.ir_cron.{name}", value))
        receipt = self.clean_up()
        self.assertEqual((receipt.state, receipt.is_paused), ("running", True))
        self.assertEqual(len(self.vids(people)), 2)
        progress = self.env["ir.cron.progress"].search([], order="id desc", limit=1)
        self.assertEqual((progress.done, progress.remaining), (1, 2))
        for _call in range(3):
            self.assertFalse(self.clean_up())
        self.assertEqual((receipt.state, receipt.deleted_count), ("done", 3))
        self.assertEqual(len(receipt.line_ids), 3)
        self.assertTrue(receipt._verdict()[0])

    def test_what_a_killed_server_left_open_is_sealed_by_the_next_run(self):
        left = self.receipts._new({"state": "running", "due_count": 9})
        receipt = self.clean_up()
        self.assertFalse(receipt)
        self.assertEqual(left.state, "interrupted")
        self.assertIn("server that worked on it was stopped", left.ending)
        self.assertTrue(left._verdict()[0])

    def test_what_a_server_works_on_is_left_to_it(self):
        people = self.due()
        alive = self.receipts._new({"state": "running", "due_count": 9})
        self.env.flush_all()
        other = psycopg2.connect(**connection_info_for(self.env.cr.dbname)[1])
        self.addCleanup(other.close)
        other.cursor().execute("SELECT pg_advisory_lock(%s, %s)", [0x4D5453, alive.id])
        self.assertEqual(self.clean_up().deleted_count, 1)
        self.assertEqual(alive.state, "running")
        self.assertFalse(self.vids(people))

    def test_what_another_server_has_closed_meanwhile_is_told_as_the_database_tells_it(self):
        self.receipts._new({"state": "running", "due_count": 9})
        self.env.flush_all()

        def refused(receipt, *_values):
            receipt.env.cr.execute("SELECT 1 / 0")

        with (
            self.assertRaises(DivisionByZero),
            patch.object(type(self.receipts), "_seal", refused),
            mute_logger("odoo.sql_db"),
            self.enter_registry_test_mode(),
            self.registry.cursor() as cursor,
        ):
            self.receipts.with_env(self.env(cr=cursor))._close_abandoned()

    def test_a_failure_of_everything_is_no_end_without_a_word(self):
        people = self.due(2)
        with (
            patch.object(clean_up.Batch, "run", side_effect=MemoryError),
            mute_logger("odoo.addons.base.models.ir_cron"),
            self.enter_registry_test_mode(),
        ):
            self.assertNotEqual(self.schedule.method_direct_trigger(), True)
        self.assertEqual(len(self.vids(people)), 2)

    def test_the_database_lets_a_vid_be_deleted_once(self):
        self.due()
        [line] = self.clean_up().line_ids
        whose = (line.row_id, line.registrant, line.company)
        values = (*whose, "deleted", None, line.noted_at, line.due_since)
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            line._add(self.receipts._new({}), [values])
