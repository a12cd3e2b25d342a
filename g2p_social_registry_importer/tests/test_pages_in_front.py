from unittest.mock import patch

from odoo.tests import tagged

from ..flow.page_import import PageImport
from .common import ImporterCase
from .people import household, person


@tagged("post_install", "-at_install")
class TestPagesInFront(ImporterCase):
    """Records that share somebody with an open page in front wait for it, and nobody else does.

    Three pages of two households: the second and the fourth share somebody.
    """

    def setUp(self):
        super().setUp()
        self.importer.page_size = 2
        members = [["a"], ["b", "s"], ["c"], ["d", "s"], ["e"], ["f"]]
        people = [person(key, f"Person {key}", f"N-{key}") for key in "abcdefs"]
        houses = [household(f"h{i}", f"House {i}", f"C-{i}", m) for i, m in enumerate(members)]
        self.social_registry.put_registrants([*people, *houses])

    def _fetch_everything(self):
        """The run, and its pages by number."""
        run = self.start()
        while fetching := self.queue.waiting.filtered(lambda job: job.method_name == "_fetch"):
            self.queue.perform(fetching[0])
        return run, {page.number: page for page in run.page_ids}

    def _import(self, page):
        """Perform the job that imports this page, whichever comes next."""
        jobs = self.queue.waiting
        self.queue.perform(
            jobs.filtered(lambda j: j.method_name == "_import" and j.records == page)
        )

    def test_what_has_nobody_in_common_goes_in_at_once(self):
        _run, pages = self._fetch_everything()
        self._import(pages[2])
        self.assertEqual((pages[2].state, pages[2].created_count), ("fetched", 1))
        self.assertEqual(pages[2].sudo().retry_only, [1])
        self.assertTrue(self.holder("C-2"))
        self.assertFalse(self.holder("C-3") | self.holder("N-s"))

    def test_the_first_open_page_waits_for_nobody(self):
        _run, pages = self._fetch_everything()
        self._import(pages[1])
        self.assertEqual((pages[1].state, pages[1].created_count), ("imported", 2))

    def test_a_page_with_nobody_in_common_waits_for_nobody(self):
        _run, pages = self._fetch_everything()
        self._import(pages[3])
        self.assertEqual((pages[3].state, pages[3].created_count), ("imported", 2))

    def test_what_waited_goes_in_once_the_page_in_front_is_in(self):
        run, pages = self._fetch_everything()
        for number in (2, 3, 2):
            self._import(pages[number])
        self.assertEqual((pages[2].state, pages[2].created_count), ("fetched", 1))
        self.queue.work_off()
        self.assertOutcome(run, "done", created=6)
        self.assertEqual((pages[2].state, pages[2].sudo().retry_only), ("imported", False))
        self.assertEqual(len(self.holder("N-s")), 1)
        houses = self.env["g2p.group.membership"].search(
            [("individual", "=", self.holder("N-s").id)]
        )
        self.assertEqual(houses.group, self.holder("C-1") | self.holder("C-3"))

    def test_the_numbers_are_those_of_pages_that_come_in_one_after_the_other(self):
        run, pages = self._fetch_everything()
        self._import(pages[2])
        self.queue.work_off()
        members = (run.member_created_count, run.member_updated_count)
        self.assertEqual((*members, run.is_balanced), (7, 1, True))
        self.assertOutcome(self.run_import(), unchanged=6)

    def test_a_page_that_is_in_but_for_what_waits_holds_up_no_other(self):
        """Of a page in front, only the records count that are not in yet."""
        others = [("h4", "C-4", ["e", "c"]), ("h5", "C-5", ["f", "d"])]
        self.social_registry.patch_registrants(
            [household(key, "House", card, members) for key, card, members in others]
        )
        run, pages = self._fetch_everything()
        self._import(pages[2])
        self._import(pages[3])
        self.assertEqual((pages[3].created_count, pages[3].sudo().retry_only), (1, [1]))
        self.queue.work_off()
        self.assertOutcome(run, "done", created=6)

    def test_a_page_that_fails_half_way_is_completed_by_a_retry(self):
        run, pages = self._fetch_everything()
        self._import(pages[2])
        self._import(pages[1])
        with patch.object(PageImport, "run", side_effect=RuntimeError):
            self._import(pages[2])
        self.queue.work_off()
        self.assertEqual(
            (pages[2].state, run.state, run.is_balanced), ("failed", "incomplete", False)
        )
        run.with_user(self.operator).action_retry()
        self.queue.work_off()
        self.assertOutcome(run, "done", created=6)

    def test_a_page_in_front_that_cannot_go_in_holds_up_no_other(self):
        run, pages = self._fetch_everything()
        with patch.object(PageImport, "run", side_effect=RuntimeError):
            self._import(pages[1])
        self.assertEqual(pages[1].state, "failed")
        self._import(pages[2])
        self.assertEqual((pages[2].state, pages[2].created_count), ("imported", 2))
        self.queue.work_off()
        self.assertEqual((run.state, run.created_count), ("incomplete", 4))
