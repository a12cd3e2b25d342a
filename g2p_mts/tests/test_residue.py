import json
from contextlib import contextmanager
from unittest.mock import patch

from markupsafe import Markup

from odoo.sql_db import Cursor
from odoo.tests import tagged

from ..flow.residue import in_words, sweep
from ..flow.residue.columns import Columns
from ..flow.residue.places import PLACES
from ..flow.residue.sweep import Sweep
from ..meaning.vid_words import MASK
from .vid_case import OTHER_VID, VID, VidCase

#: A longer number that contains the VID: nobody's business.
LONGER = f"9{VID}0"
TEXT = f"Her VID is {VID}, not {LONGER}."
MASKED = f"Her VID is {MASK}, not {LONGER}."
#: The VID as it is printed on cards.
GROUPED = "5813 0762 4968 1375"
PARAGRAPH = Markup("<p>%s</p>")
FILES = "odoo.addons.g2p_mts.flow.residue.attachments"


@tagged("post_install", "-at_install")
class TestResidue(VidCase):
    """Each place with a real row, and with a number that only looks like the VID."""

    def assertSwept(self, **expected):
        """Delete the VID of the person; the sweep finds this, and nothing a second time."""
        vids = self._delete()
        self.env.flush_all()
        self.assertEqual(sweep(self.env, vids), expected)
        self.assertEqual(sweep(self.env, vids), {})

    def assertMasked(self, record, *names):
        """These fields say what they said, with a mask."""
        for name in names:
            self.assertEqual(str(record[name]), MASKED, name)

    def _precommit(self):
        """What Odoo does at the end of a request: tracking values, notifications."""
        self.env.flush_all()
        self.cr.precommit.run()
        self.env.flush_all()

    def test_nothing_is_found_where_nothing_is(self):
        self.person.comment = f"Not {LONGER}"
        self.assertSwept()

    def test_no_vids_no_statements(self):
        with self.assertQueryCount(0):
            self.assertEqual(sweep(self.env, {}), {})

    # -- the registry ----------------------------------------------------------------------------

    def test_what_was_typed_about_the_person(self):
        self.person.write({"name": f"ADA {VID}", "ref": VID, "street": TEXT, "address": TEXT})
        self.person.comment = PARAGRAPH % TEXT
        self.assertSwept(registrant=1)
        self.assertMasked(self.person, "street", "address")
        self.assertEqual(self.person.name, f"ADA {MASK}")
        self.assertEqual((self.person.complete_name, self.person.ref), (f"ADA {MASK}", MASK))
        self.assertEqual(self.person.comment, PARAGRAPH % MASKED)

    def test_what_was_typed_about_somebody_else(self):
        other = self._person("BEN")
        other.comment = TEXT
        self.assertSwept(registrant=1)
        self.assertIn(MASK, other.comment)

    def test_descriptions_of_ids(self):
        row = self._add_id(self.person, "C-1", self.card_type, description=TEXT)
        self.assertSwept(id_description=1)
        self.assertMasked(row, "description")

    def test_phone_numbers(self):
        phones = self.env["g2p.phone.number"]
        row = phones.create({"partner_id": self.person.id, "phone_no": VID})
        self.assertSwept(phone=1)
        self.assertEqual(row.phone_no, MASK)

    def test_the_same_phone_number_of_somebody_else_is_not_ours_to_take(self):
        short = "0612345678"
        ben, cleo = self._person("BEN", short), self._person("CLEO")
        number = self.env["g2p.phone.number"].create({"partner_id": cleo.id, "phone_no": short})
        found = sweep(self.env, self._delete(ben))
        self.assertEqual((found["left_phone_of_another"], number.phone_no), (1, short))

    def test_what_was_typed_in_groups_of_digits(self):
        self.person.street = f"VID {GROUPED}, door 12"
        row = self._add_id(self.person, GROUPED, self.card_type)
        self.assertSwept(other_id=1, registrant=1)
        self.assertEqual(self.person.street, f"VID {MASK}, door 12")
        self.assertFalse(row.exists())

    def test_a_vid_that_was_kept_in_groups_of_digits(self):
        ben = self._person("BEN", GROUPED)
        self.person.street = TEXT
        self.assertEqual(sweep(self.env, self._delete(ben))["registrant"], 1)
        self.assertMasked(self.person, "street")

    def test_a_short_vid_is_not_looked_for(self):
        ben = self._person("BEN", "4711")
        ben.street = "Plot 4711"
        vids = self._delete(ben)
        self.assertEqual(sweep(self.env, vids), {"left_short": 1})
        self.assertEqual(ben.street, "Plot 4711")

    # -- correspondence --------------------------------------------------------------------------

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

    # -- background ------------------------------------------------------------------------------

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

    # -- the exchange with an MTS ----------------------------------------------------------------

    def test_what_is_kept_of_the_exchange(self):
        connector = self.env["mts.connector"].create(
            {"name": "Tokens", "mts_url": "https://mts.example.test/"}
        )
        payload = json.dumps({"nonce": "n", "output": {"vid": int(VID), "no": LONGER}, "t": TEXT})
        answer = self.env["g2p.mts.answer"].create(
            {"connector_id": connector.id, "payload": payload, "state": "quarantined"}
        )
        request = self.env["g2p.mts.request"].create(
            {"connector_id": connector.id, "trouble": TEXT}
        )
        request._add_people(self.person.ids)
        request.line_ids.offered_token = VID
        self.assertSwept(mts_answer=1, mts_request=1, mts_line=1)
        self.assertEqual(
            json.loads(answer.payload),
            {"nonce": "n", "output": {"vid": MASK, "no": LONGER}, "t": MASKED},
        )
        self.assertMasked(request, "trouble")
        self.assertEqual(request.line_ids.offered_token, MASK)

    # -- what is noted for good ------------------------------------------------------------------

    def test_noted_changes_of_settings(self):
        source = self.env["spp.data.source"].create(
            {"name": "Registry", "url": "https://registry.example.test"}
        )
        source.name = TEXT
        source.name = "Registry"
        changes = self.env["g2p.social.registry.config.change"].search(
            [("data_source_id", "=", source.id), ("field_name", "=", "name")], limit=2
        )
        self.assertEqual((changes[0].before, changes[1].after), (TEXT, TEXT))
        self.assertEqual(sweep(self.env, self._delete()), {"settings_change": 2})
        self.assertEqual((changes[0].before, changes[1].after), (MASKED, MASKED))

    # -- everything else -------------------------------------------------------------------------

    def test_settings_and_lists_of_ours(self):
        program = self.env["g2p.program"].create({"name": "Winter Fuel", "description": TEXT})
        self.assertSwept(other_record=1)
        self.assertMasked(program, "description")

    def test_favourite_searches_go_on_and_find_nobody(self):
        common = {"model_id": "res.partner", "user_ids": [(4, self.env.uid)]}
        domains = (f"[('ref', '=', '{VID}'), ('id', '>', uid)]", f"[('ref', '=', {VID})]")
        rows = self.env["ir.filters"].create(
            [{"name": f"By {domain}", "domain": domain, **common} for domain in domains]
        )
        self.assertSwept(favourite=2)
        self.assertEqual(rows[0].domain, f"[('ref', '=', '{MASK}'), ('id', '>', uid)]")
        self.assertFalse(self.env["res.partner"].search(rows[1]._get_eval_domain()))
        self.assertNotIn(VID, "".join(rows.mapped("name")))

    def test_defaults_and_parameters_are_read_anew(self):
        self.env["ir.default"].set("res.partner", "ref", VID)
        self.env["ir.config_parameter"].set_param("a_place.where_nobody_looks", TEXT)
        self.assertEqual(self.env["res.partner"].default_get(["ref"]), {"ref": VID})
        self.assertSwept(default=1, parameter=1)
        self.assertEqual(self.env["res.partner"].default_get(["ref"]), {"ref": MASK})
        value = self.env["ir.config_parameter"].get_param("a_place.where_nobody_looks")
        self.assertEqual(value, MASKED)

    def test_files_uploaded_to_be_imported(self):
        uploads = self.env["base_import.import"]
        values = {"res_model": "res.partner", "file_type": "text/csv"}
        held = uploads.create({**values, "file": f"id,é\n1,{VID}\n".encode()})
        other = uploads.create({**values, "file": f"id\n{LONGER}\n".encode()})
        self.assertSwept(upload=1)
        self.assertEqual((held | other).exists(), other)

    def test_long_tables_of_hashes_are_not_read(self):
        with self._statements() as seen:
            sweep(self.env, self._delete())
        for table in ("g2p_mts_vid_gone", "g2p_social_registry_imported_registrants"):
            read = [text for text in seen if f'FROM "{table}" WHERE' in text and " ~ " in text]
            self.assertFalse(read, table)

    def test_what_other_addons_keep_is_counted_and_left(self):
        note = self.env["res.partner.category"].create({"name": TEXT})
        vids = self._delete()
        with self.assertLogs("odoo.addons.g2p_mts.flow.residue.rest", "WARNING") as log:
            self.assertEqual(sweep(self.env, vids), {"left_elsewhere": 1})
        self.assertEqual(note.name, TEXT)
        self.assertIn("1 rows of res.partner.category", log.output[0])
        self.assertNotIn(VID, log.output[0])

    # -- files -----------------------------------------------------------------------------------

    def _file(self, name, raw, **values):
        files = self.env["ir.attachment"]
        return files.create({"name": name, "raw": raw, "res_model": "res.partner", **values})

    def test_texts_and_csv(self):
        file = self._file(f"vid_{VID}.csv", f"vid,name\n{VID},Ñusta\n{LONGER},Ben\n".encode())
        self.assertSwept(attachment=1)
        self.assertEqual(file.raw.decode(), f"vid,name\n{MASK},Ñusta\n{LONGER},Ben\n")
        self.assertEqual(file.name, f"vid_{MASK}.csv")
        self.assertNotIn(f"\n{VID}", file.index_content)

    def test_answers_of_an_mts_are_json(self):
        value = [{"vid": VID, "n": int(VID), "no": LONGER}]
        file = self._file("answer.json", json.dumps(value).encode(), mimetype="application/json")
        self.assertFalse(VID in (file.index_content or ""), "Odoo does not index JSON")
        self.assertSwept(attachment=1)
        self.assertEqual(json.loads(file.raw), [{"vid": MASK, "n": MASK, "no": LONGER}])

    def test_a_file_that_is_no_text_is_left_and_counted(self):
        file = self._file("card.pdf", b"%PDF-1.4\n\0\xff", mimetype="application/pdf")
        file.index_content = TEXT
        before = file.raw
        vids = self._delete()
        with self.assertLogs(FILES, "WARNING") as log:
            self.assertEqual(sweep(self.env, vids), {"left_attachment": 1})
        self.assertIn(f"Attachment {file.id} ", log.output[0])
        self.assertNotIn(VID, log.output[0])
        self.assertEqual((file.raw, file.index_content), (before, MASKED))

    # -- all of it -------------------------------------------------------------------------------

    def test_it_is_looked_for_several_at_a_time(self):
        ben = self._person("BEN", OTHER_VID)
        self.person.street = f"{VID} {OTHER_VID}"
        ben.street = f"{OTHER_VID} {LONGER}"
        self.assertEqual(sweep(self.env, self._delete(self.person, ben)), {"registrant": 2})
        self.assertEqual(self.person.street, f"{MASK} {MASK}")
        self.assertEqual(ben.street, f"{MASK} {LONGER}")

    def _statements_of_sweep(self, number):
        vids = [f"58130762{number:03}{n:05}" for n in range(number)]
        people = self.env["res.partner"].union(*(self._person(f"P {vid}", vid) for vid in vids))
        for person, vid in zip(people, vids, strict=True):
            person.message_post(body=f"VID {vid}")
        held = self._delete(*people)
        with self._statements() as seen:
            found = sweep(self.env, held)
        self.assertEqual((found["registrant"], found["message"]), (number, number))
        return [" ".join(text.split())[:60] for text in seen]

    @contextmanager
    def _statements(self):
        """A list that the block fills with its SQL statements, as the database gets them."""
        seen = []
        execute = Cursor.execute

        def noted(cursor, query, *args, **kwargs):
            result = execute(cursor, query, *args, **kwargs)
            seen.append(cursor._obj.query.decode())
            return result

        self.env.flush_all()
        with patch.object(Cursor, "execute", noted):
            yield seen

    def test_statements_do_not_depend_on_how_many_vids_there_are(self):
        self._statements_of_sweep(1)
        self.assertEqual(self._statements_of_sweep(5), self._statements_of_sweep(50))

    def test_no_statement_names_a_vid(self):
        self.person.street = TEXT
        self.person.message_post(body=TEXT)
        vids = self._delete()
        with self._statements() as seen:
            found = sweep(self.env, vids)
        self.assertEqual((found["registrant"], found["message"]), (1, 1))
        self.assertTrue([text for text in seen if "UPDATE" in text and MASK in text])
        self.assertFalse([text for text in seen if VID in text.replace(LONGER, "")])

    def test_the_plan_reads_a_table_once_with_a_hashed_list(self):
        vids = {f"58130762{n:08}": self.person.id for n in range(1000)}
        place = Columns("message", "mail.message", ("subject", "body"))
        query = place.search(Sweep(self.env, vids))
        self.cr.execute(f"EXPLAIN {query.code}", query.params)
        plan = "\n".join(row[0] for row in self.cr.fetchall())
        self.assertIn("Seq Scan on mail_message", plan)
        self.assertEqual(plan.count("Scan on"), 3, "the table, the shapes, the words of a row")

    def test_every_place_has_a_name_for_people(self):
        keys = {getattr(place, "key", "") for place in PLACES} - {""}
        keys |= {"other_id", "left_id_of_another", "left_short", "attachment", "left_attachment"}
        keys |= {"import_digest", "dialogue", "other_record", "left_elsewhere", "upload"}
        keys |= {"phone", "left_phone_of_another", "favourite", "default", "parameter"}
        self.assertFalse([key for key in keys if in_words(self.env, key) == key])
