from odoo.tests import tagged

from .common import ImporterCase
from .people import families


@tagged("post_install", "-at_install")
class TestSweeper(ImporterCase):
    """A run whose jobs are gone goes on by itself."""

    def setUp(self):
        super().setUp()
        self.importer.page_size = 2
        self.social_registry.put_registrants(families(5, size=1))
        self.runs = self.env["g2p.social.registry.import.run"]

    def lose_jobs(self):
        self.queue.jobs.unlink()

    def sweep(self):
        with self.enter_registry_test_mode():
            cron = self.env.ref("g2p_social_registry_importer.cron_sweep")
            cron.method_direct_trigger()

    def test_a_page_that_lost_its_job_gets_it_back_at_every_step(self):
        run = self.start()
        for _step in range(3):
            self.lose_jobs()
            self.sweep()
            self.assertTrue(self.queue.waiting)
            self.queue.perform(self.queue.waiting[0])
        self.queue.work_off()
        self.assertOutcome(run, "done", created=5)

    def test_its_job_runs_as_the_user_who_started_the_run(self):
        self.start()
        self.lose_jobs()
        self.sweep()
        self.assertEqual(self.queue.waiting.user_id, self.operator)

    def test_a_run_that_lost_its_closing_is_closed(self):
        run = self.start()
        while run.state == "fetching" or run.page_ids.filtered(lambda p: p.state == "fetched"):
            self.queue.perform(self.queue.waiting[0])
        self.lose_jobs()
        self.assertEqual(run.state, "importing")
        self.sweep()
        self.assertOutcome(run, "done", created=5)

    def test_a_run_with_living_jobs_is_left_alone(self):
        self.start()
        before = self.queue.jobs
        self.sweep()
        self.assertEqual(self.queue.jobs, before)

    def test_a_paused_run_is_left_alone(self):
        run = self.start()
        run.with_user(self.operator).action_pause()
        self.lose_jobs()
        self.sweep()
        self.assertFalse(self.queue.jobs)

    def test_a_page_whose_job_vanishes_for_ever_is_given_up_in_words(self):
        run = self.start()
        for _sweep in range(6):
            self.lose_jobs()
            self.sweep()
        self.queue.work_off()
        self.assertOutcome(run, "failed")
        self.assertIn("vanished", run.state_text)
