from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common import ImporterCase
from .people import families


@tagged("post_install", "-at_install")
class TestRunLifeCycle(ImporterCase):
    """An operator can hold a run, let it go on, and give it up; nobody else can."""

    def setUp(self):
        super().setUp()
        self.importer.page_size = 2
        self.social_registry.put_registrants(families(5, size=1))

    def as_operator(self, run):
        return run.with_user(self.operator)

    def test_a_paused_run_begins_no_page_and_goes_on_where_it_stopped(self):
        run = self.start()
        self.queue.perform(self.queue.waiting[0])
        self.as_operator(run).action_pause()
        self.queue.work_off()
        self.assertEqual((run.received_count, run.created_count), (2, 0))
        self.assertEqual((run.state, run.state_text), ("fetching", "The run is paused."))
        self.as_operator(run).action_continue()
        self.queue.work_off()
        self.assertOutcome(run, "done", created=5)
        # Three pages, and a look behind the last one, which is short by no more than a row.
        self.assertEqual(len(self.social_registry.log()), 4)

    def test_a_page_under_way_while_going_on_is_not_queued_twice(self):
        run = self.start()
        self.as_operator(run).action_pause()
        self.as_operator(run).action_continue()
        self.assertEqual(len(self.queue.jobs), 1)

    def test_a_run_may_be_paused_and_continued_as_often_as_anybody_likes(self):
        run = self.start()
        for _pause in range(7):
            self.as_operator(run).action_pause()
            self.queue.work_off()
            self.as_operator(run).action_continue()
        self.queue.work_off()
        self.assertOutcome(run, "done", created=5)

    def test_a_cancelled_run_keeps_what_is_in_and_leaves_the_cursor(self):
        run = self.start()
        for _job in range(2):
            self.queue.perform(self.queue.waiting[0])
        self.as_operator(run).action_cancel()
        self.queue.work_off()
        self.assertEqual((run.state, run.created_count), ("cancelled", 2))
        self.assertTrue(run.ended_at)
        self.assertFalse(self.importer.last_sync_date)
        self.assertFalse(run.page_ids.filtered(lambda p: p.state in ("waiting", "fetched")))

    def test_after_a_cancelled_run_the_next_one_brings_in_the_rest(self):
        run = self.start()
        self.queue.perform(self.queue.waiting[0])
        self.as_operator(run).action_cancel()
        self.assertOutcome(self.run_import(), "done", created=5)

    def test_a_run_that_has_ended_can_be_neither_paused_nor_cancelled_nor_retried(self):
        run = self.as_operator(self.run_import())
        for method in ("action_pause", "action_continue", "action_cancel", "action_retry"):
            with self.subTest(method), self.assertRaisesRegex(UserError, "Only a run"):
                getattr(run, method)()

    def test_a_registrar_can_do_none_of_it(self):
        registrar = new_test_user(
            self.env, "test_registrar", groups="g2p_registry_base.group_g2p_registrar"
        )
        run = self.start()
        for method in ("action_pause", "action_continue", "action_cancel", "action_retry"):
            with self.subTest(method), self.assertRaises(UserError):
                getattr(run.with_user(registrar), method)()
        self.assertEqual((run.state, run.is_paused), ("fetching", False))
