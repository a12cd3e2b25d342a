from odoo.tests import tagged

from ..flow.residue import sweep
from ..flow.residue.columns import Columns
from ..flow.residue.sweep import Sweep
from ..meaning.vid_words import MASK
from .residue_case import LONGER, TEXT, ResidueCase
from .vid_case import VID


@tagged("post_install", "-at_install")
class TestResidueStatements(ResidueCase):
    """How the database is asked: as often for many VIDs as for one, and without naming any."""

    def test_no_vids_no_statements(self):
        with self.assertQueryCount(0):
            self.assertEqual(sweep(self.env, {}), {})

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

    def test_long_tables_of_hashes_are_not_read(self):
        with self._statements() as seen:
            sweep(self.env, self._delete())
        for table in ("g2p_mts_vid_gone", "g2p_social_registry_imported_registrants"):
            read = [text for text in seen if f'FROM "{table}" WHERE' in text and " ~ " in text]
            self.assertFalse(read, table)

    def test_the_plan_reads_a_table_once_with_a_hashed_list(self):
        vids = {f"58130762{n:08}": self.person.id for n in range(1000)}
        place = Columns("message", "mail.message", ("subject", "body"))
        query = place.search(Sweep(self.env, vids))
        self.cr.execute(f"EXPLAIN {query.code}", query.params)
        plan = "\n".join(row[0] for row in self.cr.fetchall())
        self.assertIn("Seq Scan on mail_message", plan)
        self.assertEqual(plan.count("Scan on"), 3, "the table, the shapes, the words of a row")
