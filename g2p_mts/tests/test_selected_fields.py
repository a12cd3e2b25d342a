from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import RegistryConnectorCase


@tagged("post_install", "-at_install")
class TestSelectedFields(RegistryConnectorCase):
    def _select(self, text):
        # The mapping must only read what is sent; here the fields alone are in question.
        self.connector.write({"mapping": "{}", "g2p_selected_fields": text})

    def test_good_lists_are_kept_as_they_are_written(self):
        for text in ('["name"]', '[\n  "given_name", "birthdate",\n  "gender"\n]'):
            self._select(text)
            self.assertEqual(self.connector.g2p_selected_fields, text)

    def test_python_is_refused_with_the_fix(self):
        with self.assertRaises(ValidationError) as caught:
            self._select("['given_name', 'gender']")
        self.assertIn('["given_name", "gender"]', str(caught.exception))

    def test_what_is_no_list_of_names_is_refused(self):
        for text in ("{}", "[]", "[1]", '[["name"]]', '["name", null]', "nonsense"):
            with self.subTest(text), self.assertRaises(ValidationError):
                self._select(text)

    def test_a_name_must_not_stand_twice(self):
        with self.assertRaisesRegex(ValidationError, "twice"):
            self._select('["name", "gender", "name"]')

    def test_each_field_must_exist(self):
        with self.assertRaisesRegex(ValidationError, "Did you mean “birthdate”"):
            self._select('["name", "birth_date"]')

    def test_each_field_must_be_readable_by_who_saves(self):
        with self.assertRaisesRegex(ValidationError, "may not read “signup_type”"):
            self._select('["name", "signup_type"]')

    def test_files_and_lists_cannot_be_sent(self):
        for name in ("image_1920", "category_id", "child_ids"):
            with self.subTest(name), self.assertRaisesRegex(ValidationError, "cannot be sent"):
                self._select(f'["name", "{name}"]')

    def test_check_works_on_many_connectors_at_once(self):
        other = self._create_connector(name="B")
        with self.assertRaises(ValidationError):
            (self.connector | other).write({"mapping": "{}", "g2p_selected_fields": "nonsense"})
