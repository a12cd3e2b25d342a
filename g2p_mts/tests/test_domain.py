import json
import logging

from odoo.exceptions import ValidationError
from odoo.tests import Form, new_test_user, tagged

from .common import RegistryConnectorCase


@tagged("post_install", "-at_install")
class TestSearchDomain(RegistryConnectorCase):
    def test_the_default_finds_enabled_individuals(self):
        partners = self.env["res.partner"].sudo()
        person, household, disabled = partners.create(
            [
                {"name": "Amara Otieno", "is_registrant": True},
                {"name": "Otieno household", "is_registrant": True, "is_group": True},
                {"name": "ภูผา ใจดี", "is_registrant": True, "disabled": "2026-01-01 00:00:00"},
            ]
        )
        found = partners.search(json.loads(self.connector.g2p_search_domain))
        self.assertIn(person, found)
        self.assertFalse(found & (household | disabled))

    def test_good_domains_are_kept_as_they_are_written(self):
        for text in (
            "[]",
            '[["birthdate", ">", "1980-01-01"], ["name", "ilike", "a"]]',
            '["|", ["gender", "=", false], "!", ["country_id.code", "=", "KE"]]',
            '[["create_date", ">=", "today -7d"]]',
            '[["child_ids", "any", [["name", "=", "x"]]]]',
        ):
            with self.subTest(text):
                self.connector.g2p_search_domain = text
                self.assertEqual(self.connector.g2p_search_domain, text)

    def test_python_is_refused_with_the_fix(self):
        with self.assertRaises(ValidationError) as caught:
            self.connector.g2p_search_domain = "[('is_registrant', '=', True)]"
        self.assertIn('[["is_registrant", "=", true]]', str(caught.exception))
        self.assertIn("true, false and null", str(caught.exception))

    def test_the_fix_is_kept_out_of_the_log(self):
        # The HTTP layer logs what users are told, at the level the exception asks for.
        with self.assertRaises(ValidationError) as caught:
            self.connector.g2p_search_domain = "[('name', '=', 'Amara Otieno')]"
        self.assertIn("Amara Otieno", str(caught.exception))
        self.assertEqual(caught.exception.loglevel, logging.DEBUG)

    def test_what_is_no_domain_is_refused(self):
        for text in (
            "{}",
            "nonsense",
            '["name", "=", "x"]',
            '[["name", "="]]',
            '["&", ["name", "=", "x"]]',
            "[[1, 2, 3]]",
            '[["name", 1, "x"]]',
            "[true]",
        ):
            with self.subTest(text), self.assertRaises(ValidationError):
                self.connector.g2p_search_domain = text

    def test_each_path_and_operator_must_exist(self):
        cases = {
            '[["given_nam", "=", "x"]]': "Did you mean “given_name”",
            '[["qqqqqq", "=", "x"]]': "no field “qqqqqq”",
            '["|", ["name", "=", "x"], ["country_id.cod", "=", "KE"]]': "country_id.cod",
            '[["name.x", "=", "x"]]': "name.x",
            '[["name", "resembles", "x"]]': "not a list of conditions",
            '[["child_ids", "any", [["nmae", "=", "x"]]]]': "child_ids",
        }
        for text, words in cases.items():
            with self.subTest(text), self.assertRaisesRegex(ValidationError, words):
                self.connector.g2p_search_domain = text

    def test_a_value_must_fit_its_field(self):
        for text in ('[["birthdate", ">", "soon"]]', '[["color", "=", "x"]]'):
            with self.subTest(text), self.assertRaisesRegex(ValidationError, "this value"):
                self.connector.g2p_search_domain = text

    def test_what_the_user_may_not_read_the_user_may_not_search_by(self):
        with self.assertRaisesRegex(ValidationError, "may not read “reg_ids.value”"):
            self.connector.g2p_search_domain = '[["reg_ids.value", "=like", "5%"]]'
        with self.assertRaisesRegex(ValidationError, "may not read “signup_type”"):
            self.connector.g2p_search_domain = '[["signup_type", "=", "reset"]]'
        registrar = new_test_user(
            self.env(su=True),
            "test-mts-registrar",
            groups="mts_connector.group_mts_manager,g2p_registry_base.group_g2p_registrar",
        )
        connector = self.connector.with_user(registrar)
        connector.g2p_search_domain = '[["reg_ids.value", "=like", "5%"]]'

    def test_no_error_repeats_the_value_searched_for(self):
        for text in ('[["birthdate", "=", "Amara Otieno"]]', '[["nmae", "=", "Amara Otieno"]]'):
            with self.assertRaises(ValidationError) as caught:
                self.connector.g2p_search_domain = text
            self.assertNotIn("Amara", str(caught.exception))

    def test_the_editor_shows_python_and_stores_json(self):
        self.assertEqual(
            self.connector.g2p_search_domain_editor,
            "[['is_registrant', '=', True], ['is_group', '=', False], ['disabled', '=', False]]",
        )
        with Form(self.connector) as form:
            form.g2p_search_domain_editor = '["|", ("name", "=", "x"), ("disabled", "=", False)]'
            expected = '["|", ["name", "=", "x"], ["disabled", "=", false]]'
            self.assertEqual(form.g2p_search_domain, expected)
        self.assertEqual(self.connector.g2p_search_domain, expected)

    def test_the_editor_refuses_expressions(self):
        with self.assertRaisesRegex(ValidationError, "fixed values"):
            self.connector.g2p_search_domain_editor = "[('create_uid', '=', uid)]"

    def test_what_the_editor_says_is_checked_too(self):
        with self.assertRaisesRegex(ValidationError, "nmae"):
            self.connector.g2p_search_domain_editor = "[('nmae', '=', 'x')]"

    def test_check_works_on_many_connectors_at_once(self):
        other = self._create_connector(name="B")
        with self.assertRaises(ValidationError):
            (self.connector | other).g2p_search_domain = "nonsense"
