from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ImporterCase
from .people import families


@tagged("post_install", "-at_install")
class TestConnectionTrial(ImporterCase):
    """The button "Test Connection"."""

    def _press(self, **vals):
        source = self.data_source.with_user(self.manager)
        source.write(vals)
        return source.action_test_connection()["params"]

    def test_a_connection_that_works_is_said_to_work_and_remembered(self):
        self.social_registry.put_registrants(families(1))
        shown = self._press()
        self.assertEqual((shown["type"], shown["title"]), ("success", "The connection works"))
        self.assertRegex(shown["message"], "answered with a record in [0-9.]+ seconds")
        self.assertEqual(self.data_source.trial_state, "works")
        self.assertEqual(self.data_source.trial_text, shown["message"])
        self.assertTrue(self.data_source.trial_date)

    def test_it_asks_for_a_new_token_and_one_record_without_any_field_of_a_person(self):
        self.social_registry.put_registrants(families(3))
        self._press()
        self.assertEqual(self.social_registry.token_calls(), 1)
        (search,) = self.social_registry.log()
        self.assertEqual(search["limit"], 1)
        item = search["envelope"]["message"]["search_request"][0]
        self.assertTrue(item["search_criteria"]["query"].endswith("{__typename}}"))

    def test_an_empty_registry_is_no_failure(self):
        self.assertIn("it holds nobody", self._press()["message"])
        self.assertEqual(self.data_source.trial_state, "works")

    def test_a_failure_is_shown_in_words_and_remembered(self):
        shown = self._press(oauth_client_secret="wrong")
        self.assertEqual((shown["type"], shown["sticky"]), ("danger", True))
        self.assertIn("Invalid client or Invalid client credentials", shown["message"])
        self.assertEqual(self.data_source.trial_state, "fails")
        self.assertEqual(self.data_source.trial_text, shown["message"])

    def test_a_missing_path_is_a_failure_too(self):
        paths = self.data_source.data_source_path_ids
        paths.filtered(lambda path: path.key == "Registry Sync Search").unlink()
        self.assertIn("lacks the URL path “Registry Sync Search”", self._press()["message"])

    def test_other_settings_make_the_verdict_history(self):
        self._press()
        self.data_source.name = "Another name"
        self.assertTrue(self.data_source.trial_state)
        self.data_source.timeout = 30
        self.assertFalse(self.data_source.trial_state or self.data_source.trial_text)

    def test_another_path_makes_the_verdict_history_and_the_token_worthless(self):
        self._press()
        self.assertTrue(self.data_source.access_token_value)
        self.data_source.data_source_path_ids[0].value = "https://other.example.test/token"
        self.assertFalse(self.data_source.trial_state or self.data_source.access_token_value)

    def test_only_managers_may_press_it(self):
        with self.assertRaises(UserError):
            self.data_source.with_user(self.operator).action_test_connection()
        self.assertFalse(self.social_registry.log())
