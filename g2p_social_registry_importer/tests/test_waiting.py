import re

import requests

from odoo.tests import tagged

from .common import ImporterCase
from .people import families

#: What takes a lock that somebody else may have to wait for.
_LOCKING = re.compile(r"\s*(UPDATE|INSERT|DELETE)\b|\bFOR (NO KEY )?(UPDATE|SHARE)\b")


@tagged("post_install", "-at_install")
class TestWaiting(ImporterCase):
    """While a job waits for the registry, it holds nothing that others may have to wait for."""

    def _locking_before_calls(self, page):
        """Fetch a page; the statements that took a lock before each call to the registry."""
        held = []
        send = requests.adapters.HTTPAdapter.send

        def noted(adapter, *args, **kwargs):
            held.append([text for text in seen if _LOCKING.search(text)])
            return send(adapter, *args, **kwargs)

        self.patch(requests.adapters.HTTPAdapter, "send", noted)
        with self.statements() as seen:
            page.with_user(self.operator)._fetch()
        self.assertTrue([text for text in seen if _LOCKING.search(text)], "it wrote afterwards")
        return held

    def setUp(self):
        super().setUp()
        self.social_registry.put_registrants(families(3, size=1))
        self.importer.page_size = 2

    def test_nothing_is_written_before_the_last_answer_to_a_first_page(self):
        self.importer.drift_policy = "report"
        self.data_source.write({"checkup_date": False, "access_token_value": False})
        held = self._locking_before_calls(self.start().page_ids)
        self.assertGreater(len(held), 5)  # a token, the check-up, the schema, and the page
        self.assertFalse(any(held))

    def test_nor_before_the_answer_to_a_later_one(self):
        run = self.start()
        self.queue.perform(self.queue.waiting[0])
        held = self._locking_before_calls(run.page_ids.filtered(lambda page: page.number == 2))
        self.assertTrue(held)
        self.assertFalse(any(held))
