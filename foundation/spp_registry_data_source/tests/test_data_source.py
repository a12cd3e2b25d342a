import psycopg2

from odoo.exceptions import AccessError, ValidationError
from odoo.service.model import call_kw
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from .common import DataSourceCase


@tagged("post_install", "-at_install")
class TestDataSource(DataSourceCase):
    @mute_logger("odoo.sql_db")
    def test_name_is_unique_in_the_database(self):
        with self.assertRaises(psycopg2.errors.UniqueViolation), self.env.cr.savepoint():
            self._create_source(name=f"  {self.source.name} ")

    def test_url_is_stored_without_outer_blanks(self):
        source = self._create_source(name="B", url=" http://127.0.0.1:8070/x \n")
        self.assertEqual(source.url, "http://127.0.0.1:8070/x")
        source.url = "https://b.example.test  "
        self.assertEqual(source.url, "https://b.example.test")

    def test_bad_url_is_refused_in_words_on_create_and_write(self):
        with self.assertRaisesRegex(ValidationError, "absolute URL"):
            self._create_source(name="B", url="registry.example.test")
        with self.assertRaisesRegex(ValidationError, "user name or a password"):
            self.source.url = "https://a:b@registry.example.test"
        with self.assertRaisesRegex(ValidationError, "blanks"):
            self.source.url = "https://registry.example.test/a b"
        with self.assertRaisesRegex(ValidationError, "port"):
            self.source.url = "https://registry.example.test:70000"
        with self.assertRaisesRegex(ValidationError, "base URL"):
            self.source.url = "https://registry.example.test/?a=1"

    def test_check_works_on_many_sources_at_once(self):
        other = self._create_source(name="B")
        with self.assertRaises(ValidationError):
            (self.source + other).url = "nonsense"

    def test_deleting_a_source_deletes_what_hangs_on_it(self):
        paths = self.env["spp.data.source.path"].create(
            {"data_source_id": self.source.id, "key": "a", "value": "/a"}
        )
        self.source.unlink()
        self.assertFalse(paths.exists())

    def test_copy_takes_paths_but_no_parameters(self):
        line = {"key": "k", "value": "v"}
        self.source.write(
            {
                "data_source_path_ids": [(0, 0, line)],
                "data_source_field_mapping_ids": [(0, 0, line)],
                "data_source_parameter_ids": [(0, 0, line)],
            }
        )
        copy = self.source.copy()
        self.assertNotEqual(copy.name, self.source.name)
        self.assertEqual(len(copy.data_source_path_ids), 1)
        self.assertEqual(len(copy.data_source_field_mapping_ids), 1)
        self.assertFalse(copy.data_source_parameter_ids)
        self.assertEqual(self.source.copy({"name": "C"}).name, "C")

    def test_form_creates_a_source_with_paths(self):
        form = Form(self.env["spp.data.source"])
        form.name = "C"
        form.url = "https://c.example.test"
        with form.data_source_path_ids.new() as line:
            line.key, line.value = " Registry Sync Search ", "/registry/sync/search"
        source = form.save()
        self.assertEqual(source.data_source_path_ids.key, "Registry Sync Search")

    def test_only_system_administrators_have_access(self):
        user = new_test_user(self.env, "test-plain", groups="base.group_erp_manager")
        for model in ("spp.data.source", "spp.data.source.path", "spp.data.source.parameter"):
            with self.subTest(model), self.assertRaises(AccessError):
                self.env[model].with_user(user).search([])
        admin = new_test_user(self.env, "test-system", groups="base.group_system")
        self.assertIn(self.source, self.env["spp.data.source"].with_user(admin).search([]))

    def test_reading_methods_are_closed_to_remote_calls(self):
        for method in (
            "get_parameter_key_value_pair",
            "get_field_mapping_key_value_pair",
            "get_source_path_id_key_full_path_pair",
        ):
            with self.subTest(method), self.assertRaisesRegex(AccessError, "Private method"):
                call_kw(self.env["spp.data.source"], method, [self.source.ids], {})

    def test_every_acl_row_has_a_group(self):
        rows = self.env["ir.model.access"].search([("model_id.model", "like", "spp.data.source%")])
        self.assertTrue(rows)
        self.assertFalse(rows.filtered(lambda row: not row.group_id))
