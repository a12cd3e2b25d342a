from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ImporterCase


@tagged("post_install", "-at_install")
class TestChecks(ImporterCase):
    """What cannot work is refused when the import is saved, in words."""

    def assertQueryRefused(self, query, words):
        with self.assertRefused(words, ValidationError):
            self.importer.query = query

    def test_a_query_with_a_mistake_names_its_place(self):
        self.assertQueryRefused("{ getRegistrants {\n name ", "Line 2, column")

    def test_a_query_for_something_else(self):
        self.assertQueryRefused("{ getPrograms { name } }", "getRegistrants exactly once")

    def test_a_mutation(self):
        self.assertQueryRefused("mutation { getRegistrants { name } }", "exactly one query")

    def test_a_query_that_pages_by_itself(self):
        self.assertQueryRefused("{ getRegistrants(limit: 2) { name } }", "Remove limit")

    def test_a_query_for_the_other_target(self):
        self.assertQueryRefused(
            "{ getRegistrants(isGroup: false) { name } }", "contradicts the target registry"
        )

    def test_numbers_out_of_range(self):
        for values in ({"page_size": 0}, {"page_size": 5001}, {"max_pages": 0}):
            self.assertRefusedByTheDatabase(values)
        self.assertRefusedByTheDatabase({"overlap_minutes": -1})

    def assertRefusedByTheDatabase(self, values):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.importer.write(values)
            self.importer.flush_recordset()

    def test_a_time_out_of_no_seconds(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.data_source.timeout = 0
            self.data_source.flush_recordset()
