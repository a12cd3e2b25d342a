import json

from odoo.tests import tagged

from ..flow.residue import sweep
from ..meaning.vid_words import MASK
from .residue_case import LONGER, MASKED, TEXT, ResidueCase
from .vid_case import VID

FILES = "odoo.addons.g2p_mts.flow.residue.attachments"


@tagged("post_install", "-at_install")
class TestResidueFiles(ResidueCase):
    """Files that were attached or uploaded: of texts only the VID is taken."""

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

    def test_files_uploaded_to_be_imported(self):
        uploads = self.env["base_import.import"]
        values = {"res_model": "res.partner", "file_type": "text/csv"}
        held = uploads.create({**values, "file": f"id,é\n1,{VID}\n".encode()})
        other = uploads.create({**values, "file": f"id\n{LONGER}\n".encode()})
        self.assertSwept(upload=1)
        self.assertEqual((held | other).exists(), other)
