from contextlib import contextmanager
from unittest.mock import patch

from markupsafe import Markup

from odoo.sql_db import Cursor

from ..flow.residue import sweep
from ..meaning.vid_words import MASK
from .vid_case import VID, VidCase

#: A longer number that contains the VID: nobody's business.
LONGER = f"9{VID}0"
TEXT = f"Her VID is {VID}, not {LONGER}."
MASKED = f"Her VID is {MASK}, not {LONGER}."
PARAGRAPH = Markup("<p>%s</p>")


class ResidueCase(VidCase):
    """Somebody whose VID is deleted, and what the sweep finds then."""

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
