from datetime import timedelta

from odoo.fields import Datetime
from odoo.tests import tagged

from .common import ImporterCase
from .people import families


@tagged("post_install", "-at_install")
class TestRefusals(ImporterCase):
    """What trying again would not help ends the run at once, in words for a person."""

    def setUp(self):
        super().setUp()
        self.social_registry.put_registrants(families(3, size=1))

    def assertFails(self, words, calls=1, **dials):
        before = Datetime.now() - timedelta(days=1)
        self.importer.last_sync_date = before
        self.social_registry.set_dials(**dials)
        run = self.run_import()
        self.assertOutcome(run, "failed")
        self.assertRegex(run.state_text, words)
        self.assertEqual(run.page_ids.state, "failed")
        self.assertEqual(run.page_ids.error, run.error)
        self.assertEqual(len(self.social_registry.log()), calls)
        self.assertFalse(self.queue.jobs.filtered(lambda job: job.state != "done"))
        self.assertTrue(run.ended_at)
        self.assertEqual(self.importer.last_sync_date, before)
        self.assertFalse(self.importer.active_run_id)

    def test_a_token_that_is_refused_twice(self):
        self.assertFails(r"does not accept our token \(401\)", calls=2, http_401=True)

    def test_a_client_the_identity_provider_does_not_know(self):
        self.assertFails("Invalid client", calls=0, token_401=True)

    def test_a_token_answer_without_token(self):
        self.assertFails("without an access token", calls=0, token_missing=True)

    def test_a_field_the_registry_does_not_have(self):
        self.importer.query = "{ getRegistrants { nickname } }"
        self.assertFails("Cannot query field .nickname. on type .Partner.", calls=2)

    def test_a_rejected_request(self):
        words = "rjct.search_criteria.invalid.*Rejected by the sample registry"
        self.assertFails(words, rjct="item")

    def test_a_rejected_message(self):
        self.assertFails("rjct.message_id.duplicate", rjct="header")

    def test_the_error_list_of_the_standard(self):
        self.assertFails("err.service.unavailable", errors=True)

    def test_success_without_data(self):
        self.assertFails("sent no records", null_data=True)

    def test_no_list_of_registrants(self):
        self.assertFails("holds no list of getRegistrants", null_records=True)

    def test_a_web_page_instead_of_json(self):
        self.assertFails("text/html instead of JSON", html=200)

    def test_nothing_at_this_path(self):
        self.assertFails("Nothing is served at this path", html=True)

    def test_a_redirect_is_not_followed(self):
        path = self.data_source.data_source_path_ids.filtered(lambda p: p.key != "Authentication")
        path.value = self.social_registry.url
        self.assertFails("404|405", calls=0)

    def test_plain_http_to_another_machine(self):
        path = self.data_source.data_source_path_ids.filtered(lambda p: p.key != "Authentication")
        path.value = "http://registry.example.test/search"
        self.assertFails("without encryption", calls=0)
        self.assertEqual(self.social_registry.token_calls(), 0)

    def test_a_plain_list_of_records_as_other_registries_send_it_goes_in(self):
        self.social_registry.set_dials(list_records=True)
        self.assertOutcome(self.run_import(), created=3)

    def test_the_query_can_be_corrected_and_the_next_run_is_done(self):
        good, self.importer.query = self.importer.query, "{ getRegistrants { nickname } }"
        self.run_import()
        self.importer.query = good
        self.assertOutcome(self.run_import(), created=3)
