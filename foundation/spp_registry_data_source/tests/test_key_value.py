import psycopg2

from odoo.exceptions import AccessError, ValidationError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DataSourceCase

CHILDREN = ("spp.data.source.path", "spp.data.source.parameter", "spp.data.source.field.mapping")


@tagged("post_install", "-at_install")
class TestKeyValue(DataSourceCase):
    def _add(self, model, key, value, source=None):
        return self.env[model].create(
            {"data_source_id": (source or self.source).id, "key": key, "value": value}
        )

    @mute_logger("odoo.sql_db")
    def test_key_is_unique_per_source_in_the_database(self):
        other = self._create_source(name="B")
        for model in CHILDREN:
            with self.subTest(model):
                self._add(model, "token", "x")
                self._add(model, "token", "y", source=other)
                with self.assertRaises(psycopg2.errors.UniqueViolation), self.env.cr.savepoint():
                    self._add(model, " token ", "z")

    def test_keys_are_stored_without_outer_blanks(self):
        row = self._add("spp.data.source.parameter", " a ", " keep me ")
        self.assertEqual((row.key, row.value), ("a", " keep me "))
        row.key = "b  "
        self.assertEqual(row.key, "b")

    def test_blank_key_or_value_is_refused(self):
        for model in CHILDREN:
            for key, value in ((" ", "x"), ("x", " \n")):
                with self.subTest(model=model, key=key), self.assertRaises(ValidationError):
                    self._add(model, key, value)

    @mute_logger("odoo.sql_db")
    def test_key_and_value_are_required_in_the_database(self):
        for key, value in ((False, "x"), ("x", False)):
            with self.assertRaises(psycopg2.errors.NotNullViolation), self.env.cr.savepoint():
                self._add("spp.data.source.parameter", key, value)

    def test_mapping_of_rows(self):
        rows = self._add("spp.data.source.parameter", "a", "1")
        rows += self._add("spp.data.source.parameter", "b", "2")
        self.assertEqual(rows.get_mapping(), {"a": "1", "b": "2"})
        self.assertEqual(self.source.get_parameter_key_value_pair(), {"a": "1", "b": "2"})
        self.assertEqual(self.source.get_field_mapping_key_value_pair(), {})

    def test_field_mapping_of_a_source(self):
        self._add("spp.data.source.field.mapping", "given_name", "givenName")
        self.assertEqual(
            self.source.get_field_mapping_key_value_pair(), {"given_name": "givenName"}
        )

    def test_full_paths(self):
        self._add("spp.data.source.path", "Registry Sync Search", "/registry/sync/search")
        self._add("spp.data.source.path", "Authentication", "https://idp.example.test/token")
        self.source.url = "https://registry.example.test/api/"
        self.assertEqual(
            self.source.get_source_path_id_key_full_path_pair(),
            {
                "Registry Sync Search": "https://registry.example.test/api/registry/sync/search",
                "Authentication": "https://idp.example.test/token",
            },
        )

    def test_path_value_must_be_a_path_or_a_good_url(self):
        for value in ("ftp://registry.example.test", "https://a:b@idp.example.test", "/a b"):
            with self.subTest(value), self.assertRaises(ValidationError):
                self._add("spp.data.source.path", "x", value)

    def test_methods_are_closed_to_remote_calls(self):
        path = self._add("spp.data.source.path", "a", "/a")
        for method in ("get_full_path", "get_mapping"):
            with self.subTest(method), self.assertRaisesRegex(AccessError, "Private method"):
                call_kw(path.browse(), method, [path.ids], {})
