import json

from odoo.tests import tagged

from ..flow.residue import sweep
from ..meaning.vid_words import MASK
from .residue_case import MASKED, PARAGRAPH, TEXT, ResidueCase
from .vid_case import VID


@tagged("post_install", "-at_install")
class TestResidueCorrespondence(ResidueCase):
    """What was written to and about people, and what waits in the background."""

    def _precommit(self):
        """What Odoo does at the end of a request: tracking values, notifications."""
        self.env.flush_all()
        self.cr.precommit.run()
        self.env.flush_all()

    def test_messages(self):
        message = self.person.message_post(body=PARAGRAPH % TEXT, subject=TEXT)
        found = sweep(self.env, self._delete())
        self.assertEqual(found["message"], 1)
        self.assertEqual(message.body, PARAGRAPH % MASKED)
        self.assertMasked(message, "subject")

    def test_tracking_values(self):
        program = self.env["g2p.program"].create({"name": TEXT})
        self._precommit()
        program.name = "Winter Fuel"
        self._precommit()
        tracked = self.env["mail.tracking.value"].search([("old_value_char", "=", TEXT)])
        self.assertTrue(tracked)
        found = sweep(self.env, self._delete())
        self.assertEqual(found["tracking"], 1)
        self.assertMasked(tracked, "old_value_char")

    def test_mails_activities_and_messages_to_be_sent(self):
        mail = self.env["mail.mail"].create({"body_html": TEXT, "email_to": f"{VID}@example.test"})
        program = self.env["g2p.program"].create({"name": "Winter Fuel"})
        activity = program.activity_schedule(summary=TEXT, note=TEXT)
        found = sweep(self.env, self._delete())
        self.assertEqual((found["mail"], found["activity"]), (1, 1))
        self.assertMasked(mail, "body_html")
        self.assertEqual(mail.email_to, f"{MASK}@example.test")
        self.assertMasked(activity, "summary")

    def test_notifications_of_the_web_client(self):
        words = {"text": TEXT, "n": int(VID)}
        self.env["bus.bus"]._sendone(self.env.user.partner_id, "note", words)
        self._precommit()
        found = sweep(self.env, self._delete())
        self.assertEqual(found["notification"], 1)
        self.cr.execute("SELECT message FROM bus_bus ORDER BY id DESC LIMIT 1")
        self.assertEqual(json.loads(self.cr.fetchone()[0])["payload"], {"text": MASKED, "n": MASK})

    def test_dialogues(self):
        composer = self.env["mail.compose.message"].create({"subject": TEXT, "body": TEXT})
        found = sweep(self.env, self._delete())
        self.assertEqual(found, {"dialogue": 1})
        self.assertMasked(composer, "subject")

    def test_jobs_of_the_queue(self):
        job = self.person.with_delay(description=TEXT).write({"ref": VID, "comment": f"a\n{VID}"})
        record = self.env["queue.job"].search([("uuid", "=", job.uuid)])
        values = {"result": TEXT, "exc_info": TEXT, "exc_name": TEXT, "exc_message": TEXT}
        self.env.flush_all()
        self.cr.execute(
            "UPDATE queue_job SET result = %s, exc_info = %s, exc_name = %s, exc_message = %s"
            " WHERE id = %s",
            (*values.values(), record.id),
        )
        self.env.invalidate_all()
        self.assertSwept(job=1)
        self.assertMasked(record, "name", *values)
        self.assertEqual(record.args, [{"ref": MASK, "comment": f"a\n{MASK}"}])
        self.assertEqual(record.records, self.person, "the job can still be performed")
        self.assertNotIn(VID, record.func_string)

    def test_log_lines_in_the_database(self):
        values = {"name": "test", "type": "server", "path": "p", "func": "f", "line": "1"}
        line = self.env["ir.logging"].create({**values, "message": TEXT})
        self.assertSwept(log=1)
        self.assertMasked(line, "message")
