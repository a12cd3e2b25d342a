from datetime import timedelta

from odoo.fields import Datetime
from odoo.tests import tagged

from .common import ImporterCase
from .people import families


@tagged("post_install", "-at_install")
class TestPassingTrouble(ImporterCase):
    """Trouble that passes costs a page some time, and nobody has to do anything."""

    def setUp(self):
        super().setUp()
        self.social_registry.put_registrants(families(3, size=1))
        self.importer.page_size = 2

    def _first_try(self, **dials):
        """Start a run under a fault and have its first page fetched once. Returns page and job."""
        self.social_registry.set_dials(**dials)
        page = self.start().page_ids
        job = self.queue.waiting
        self.queue.perform(job)
        return page, job

    def assertTriesAgain(self, page, job, words, seconds):
        self.assertEqual((page.state, page.run_id.state), ("waiting", "fetching"))
        self.assertEqual((job.state, job.retry), ("pending", 1))
        self.assertRegex(page.run_id.state_text, f"(?:{words}).* It is tried again at ..:..:..")
        self.assertRegex(job.result, words)
        wait = (job.eta - Datetime.now()).total_seconds()
        self.assertAlmostEqual(wait, seconds, delta=3)
        self.queue.work_off()
        self.assertOutcome(page.run_id, created=3)
        self.assertFalse(page.run_id.error)

    def test_too_many_requests_wait_as_long_as_the_registry_asks(self):
        page, job = self._first_try(http_429={"value": 47, "calls": 1})
        self.assertTriesAgain(page, job, "busy or down", seconds=47)

    def test_a_registry_that_is_down(self):
        page, job = self._first_try(http_500={"value": 503, "calls": 1})
        self.assertTriesAgain(page, job, r"busy or down \(503\)", seconds=5)

    def test_a_connection_that_is_reset(self):
        page, job = self._first_try(reset={"calls": 1})
        self.assertTriesAgain(page, job, "connection to 127.0.0.1 failed or was cut", seconds=5)

    def test_an_answer_that_is_cut(self):
        page, job = self._first_try(cut_body={"calls": 1})
        self.assertTriesAgain(page, job, "cut|incomplete", seconds=5)

    def test_an_identity_provider_that_is_down(self):
        page, job = self._first_try(token_html={"value": 503, "calls": 1})
        self.assertTriesAgain(page, job, "token endpoint is busy or down", seconds=5)

    def test_a_registry_that_has_accepted_but_not_answered(self):
        page, job = self._first_try(rjct={"value": {"status": "pdng"}, "calls": 1})
        self.assertTriesAgain(page, job, "has not answered it yet", seconds=5)

    def test_the_second_page_is_tried_again_and_the_first_one_goes_in_meanwhile(self):
        self.social_registry.set_dials(http_500={"offset": 1, "calls": 2})
        run = self.run_import()
        self.assertOutcome(run, created=3)
        first, second = run.page_ids.sorted("number")
        self.assertEqual((first.state, second.state), ("imported", "imported"))
        self.assertEqual([one["offset"] for one in self.social_registry.log()][:4], [0, 1, 1, 1])

    def test_waiting_grows_from_try_to_try(self):
        self.social_registry.set_dials(http_500=True)
        self.start()
        job = self.queue.waiting
        waits = []
        for _try in range(5):
            self.queue.perform(job)
            waits.append(round((job.eta - Datetime.now()).total_seconds(), -1))
        self.assertEqual(waits, sorted(waits))
        self.assertGreater(waits[-1], 300)

    def test_after_the_last_try_the_run_fails_in_the_registrys_words(self):
        before = Datetime.now() - timedelta(days=1)
        self.importer.last_sync_date = before
        self.social_registry.set_dials(http_500={"offset": 1})
        run = self.run_import()
        self.assertOutcome(run, "failed", created=2)
        self.assertRegex(run.state_text, r"busy or down \(500\).* tried 8 times. Retry when")
        self.assertEqual(run.page_ids.sorted("number").mapped("state"), ["imported", "failed"])
        self.assertEqual(len(self.social_registry.log()), 9)
        self.assertEqual(self.importer.last_sync_date, before)

    def test_the_next_run_catches_up(self):
        self.social_registry.set_dials(http_500={"offset": 1})
        self.run_import()
        self.social_registry.set_dials()
        self.assertOutcome(self.run_import(), unchanged=2, created=1)

    def test_a_token_that_ran_out_is_renewed_once(self):
        self.social_registry.set_dials(http_401={"calls": 1})
        self.assertOutcome(self.run_import(), created=3)
        self.assertEqual(self.social_registry.token_calls(), 2)

    def test_one_token_serves_all_pages_and_the_next_run(self):
        self.run_import()
        self.run_import()
        self.assertGreater(len(self.social_registry.log()), 3)
        self.assertEqual(self.social_registry.token_calls(), 1)
