from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.g2p_secrets import places

from ..flow.due import Due
from ..flow.vid_batch import Batch
from ..flow.vid_rule import read_rule
from .clean_up_case import CleanUpCase

RUNNER = "odoo.addons.g2p_mts.mixins.vid_deletion_work"
NAMES = ("G2P_MTS_VID_KEYS", "G2P_MTS_RECEIPT_KEY")


@tagged("post_install", "-at_install")
class TestVidKeys(CleanUpCase):
    """Keys that cannot be read are no fault of the people: nothing is deleted, and it is said."""

    def setUp(self):
        super().setUp()
        self.people = self.due(2)

    def unreadable(self, name):
        """This server has something else where its keys should be."""
        return patch.dict(places.os.environ, {name: "secret"})

    def test_the_schedule_deletes_nothing_says_why_and_notes_nobody_as_failed(self):
        for name in NAMES:
            with self.subTest(name), self.unreadable(name):
                with self.assertLogs(RUNNER, "WARNING") as log:
                    self.assertFalse(self.clean_up())
                self.assertIn(name, log.output[0])
                self.assertEqual(len(self.vids(self.people)), 2)
        receipt = self.clean_up()
        self.assertEqual((receipt.deleted_count, receipt.failed_count), (2, 0))

    def test_what_waits_for_a_server_waits_until_the_keys_can_be_read(self):
        receipt = self.start()
        for name in NAMES:
            with self.subTest(name), self.unreadable(name), self.assertLogs(RUNNER, "WARNING"):
                self.work()
                self.assertEqual((receipt.state, len(self.vids(self.people))), ("queued", 2))
        self.work()
        self.assertEqual((receipt.state, receipt.deleted_count), ("done", 2))

    def test_the_page_says_it_and_starts_nothing_but_can_still_be_saved(self):
        self.page(is_on=True).action_save()
        for name in NAMES:
            with self.subTest(name), self.unreadable(name):
                page = self.page()
                self.assertIn(name, page.problems)
                for button in (page.action_run, page.action_practise):
                    with self.assertRaisesRegex(UserError, name):
                        button()
                self.page(is_on=False).action_save()
                self.assertFalse(self.schedule.active)

    def test_a_batch_that_meets_them_ends_there(self):
        rows = Due(self.env, read_rule(self.env)).take(0, 9)
        with self.unreadable("G2P_MTS_VID_KEYS"), self.assertRaisesRegex(UserError, "cannot be"):
            Batch(self.env, is_practice=False).run(rows)
        self.assertEqual(len(self.vids(self.people)), 2)

    def test_a_run_that_meets_them_says_so_on_its_receipt(self):
        self.set_rule(batch="1")
        remember = type(self.gone)._remember

        def until_the_second(gone, holders):
            if self.receipts.search_count([("deleted_count", "=", 1)]):
                self.enterContext(self.unreadable("G2P_MTS_VID_KEYS"))
            return remember(gone, holders)

        receipt = self.start()
        self.patch(type(self.gone), "_remember", until_the_second)
        with (
            self.enter_registry_test_mode(),
            self.assertLogs("odoo.addons.base.models.ir_cron"),
            # Odoo calls it once more at once, and it says then that it waits for the keys.
            mute_logger(RUNNER),
        ):
            self.worker.method_direct_trigger()
        self.assertEqual((receipt.state, receipt.deleted_count), ("interrupted", 1))
        self.assertIn("G2P_MTS_VID_KEYS", receipt.ending)
        self.assertEqual(receipt.failed_count, 0)
