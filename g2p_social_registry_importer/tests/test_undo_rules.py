from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Datetime
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .people import household, person
from .undo_case import UndoCase

DAYS = "g2p_import_social_registry.undo_days"
REGISTRAR = "g2p_registry_base.group_g2p_registrar"


@tagged("post_install", "-at_install")
class TestUndoRules(UndoCase):
    """Who may undo which run, until when, and what is kept for it."""

    def setUp(self):
        super().setUp()
        self.run = self.import_records(
            person("p1", "OTIENO, AMARA", "N-1"),
            household("h1", "Otieno household", "C-1", [("p1", "Head")]),
        )

    def _images(self, run):
        images = self.env["g2p.social.registry.import.before.image"]
        return images.search([("run_id", "=", run.id)])

    def assertRefused(self, run, words, user=None):
        with self.assertRaisesRegex(UserError, words):
            run.with_user(user or self.manager).action_undo()
        self.assertNotEqual(run.undo_state, "running")

    # -- who and which ---------------------------------------------------------------------------

    def test_operators_may_not_undo(self):
        self.assertRefused(self.run, "Only import managers", self.operator)

    def test_a_manager_of_another_company_may_not_undo(self):
        other = self.env["res.company"].create({"name": "Test Other Ministry"})
        self.manager.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        with self.assertRaises(AccessError):
            self.run.with_user(self.manager).action_undo()

    def test_a_run_under_way_cannot_be_undone(self):
        self.social_registry.patch_registrants([{"key": "h1", "address": "Kilima Road 4"}])
        run = self.start()
        self.assertFalse(run.can_be_undone)
        self.assertRefused(run, "no run of this import is under way")
        self.assertRefused(self.run, "no run of this import is under way")

    def test_a_run_is_undone_once(self):
        self.undo(self.run)
        self.assertFalse(self.run.can_be_undone)
        self.assertRefused(self.run, "has been undone")

    def test_the_later_run_is_undone_first(self):
        later = self.change_and_import({"key": "h1", "address": "Kilima Road 4"})
        self.assertRefused(self.run, "Undo the later run first")
        self.undo(later)
        self.undo(self.run)
        self.assertFalse(self.holder("C-1").active)

    def test_a_later_run_that_changed_nothing_does_not_stand_in_the_way(self):
        self.assertOutcome(self.run_import(), unchanged=1)
        self.undo(self.run)
        self.assertFalse(self.holder("C-1").active)

    def test_an_incomplete_run_can_be_undone(self):
        run = self.change_and_import(
            {"key": "h1", "address": "Kilima Road 4"},
            {"key": "h2", "is_group": True, "name": "Household", "members": []},
        )
        self.assertNotEqual(run.skipped_count, 0)
        self.undo(run)
        self.assertFalse(self.holder("C-1").address)

    # -- meanwhile -------------------------------------------------------------------------------

    def test_nothing_is_imported_while_a_run_is_being_undone(self):
        self.run.with_user(self.manager).action_undo()
        self.assertEqual(self.run.undo_state, "running")
        with self.assertRaisesRegex(UserError, "is being undone"):
            self.start()
        self.queue.work_off()
        self.assertOutcome(self.run_import(), created=1)

    def test_the_run_says_how_far_its_undo_is(self):
        with self.parts_of(1):
            self.run.with_user(self.manager).action_undo()
            self.assertIn("0 registrants were set back", self.run.undo_text)
            self.assertEqual(self.run.undo_left_count, 2)
            self.queue.perform(self.queue.waiting)
            self.assertIn("1 registrants were set back", self.run.undo_text)
            self.assertIn("1 are still to come", self.run.undo_text)
        self.queue.work_off()
        self.assertEqual((self.run.undone_count, self.run.undo_left_count), (2, 0))

    def test_what_was_undone_cannot_be_retried(self):
        self.run.sudo().state = "incomplete"
        self.undo(self.run)
        with self.assertRaisesRegex(UserError, "was undone"):
            self.run.with_user(self.operator).action_retry()

    def test_the_import_says_who_undid_what_and_fetches_everybody_next(self):
        self.assertTrue(self.importer.last_sync_date)
        self.undo(self.run)
        self.assertEqual(self.run.undone_by_id, self.manager)
        self.assertFalse(self.importer.last_sync_date or self.importer.last_full_sync_date)
        self.assertIn(self.run.display_name, self.importer.message_ids[0].body)

    def test_a_lost_job_is_queued_again(self):
        self.run.with_user(self.manager).action_undo()
        self.queue.waiting.state = "cancelled"
        self.env["g2p.social.registry.import.run"]._queue_lost_undos()
        self.env["g2p.social.registry.import.run"]._queue_lost_undos()
        self.assertEqual(len(self.queue.waiting), 1)
        self.queue.work_off()
        self.assertEqual(self.run.undo_state, "done")

    def test_an_undo_that_broke_off_can_go_on(self):
        undo = "odoo.addons.g2p_social_registry_importer.mixins.import_run_undo.Undo.set_back"
        with (
            self.parts_of(1),
            patch(undo, side_effect=ZeroDivisionError),
            mute_logger("odoo.addons.queue_job.job", "odoo.addons.queue_job.controllers.main"),
        ):
            self.undo(self.run)
        self.assertEqual(self.run.undo_state, "stopped")
        self.assertTrue(self.run.can_be_undone)
        self.undo(self.run)
        self.assertEqual((self.run.undo_state, self.run.undone_count), ("done", 2))

    # -- until when ------------------------------------------------------------------------------

    def test_a_run_cannot_be_undone_after_the_days_of_the_setting(self):
        self.run.sudo().ended_at = Datetime.now() - timedelta(days=6)
        self.assertTrue(self.run.can_be_undone)
        self.run.sudo().ended_at = Datetime.now() - timedelta(days=8)
        self.assertFalse(self.run.can_be_undone)
        self.assertRefused(self.run, "for 7 days")

    def test_before_images_expire(self):
        images = self._images(self.run)
        self.assertEqual(len(images), 2)
        images._gc_expired()
        self.assertTrue(images.exists())
        self.run.sudo().ended_at = Datetime.now() - timedelta(days=8)
        self.assertEqual(images._gc_expired(), (2, 0))
        self.assertFalse(images.exists())

    def test_what_is_set_back_keeps_no_old_values(self):
        run = self.change_and_import({"key": "h1", "address": "Kilima Road 4"})
        self.assertTrue(self._images(run).before)
        self.undo(run)
        self.assertFalse(self._images(run).before or self._images(run).after)

    def test_nothing_is_kept_when_undoing_is_switched_off(self):
        self.env["ir.config_parameter"].set_param(DAYS, "0")
        run = self.change_and_import({"key": "h1", "address": "Kilima Road 4"})
        self.assertFalse(self._images(run))
        self.assertFalse(run.can_be_undone)

    def test_an_import_that_changes_nothing_keeps_nothing(self):
        self.assertFalse(self._images(self.run_import()))

    # -- who may look ----------------------------------------------------------------------------

    def test_operators_see_who_was_written_and_not_what(self):
        action = self.run.with_user(self.operator).action_open_before_images()
        images = self.env[action["res_model"]].with_user(self.operator).search(action["domain"])
        self.assertEqual(images.registrant_id, self.holder("C-1") | self.holder("N-1"))
        with self.assertRaises(AccessError):
            images.read(["before"])
        with self.assertRaises(AccessError):
            images.read(["after"])

    def test_registrars_see_nothing_of_it(self):
        registrar = new_test_user(self.env, "test_undo_registrar", groups=REGISTRAR)
        with self.assertRaises(AccessError):
            self._images(self.run).with_user(registrar).read(["registrant_id"])

    def test_nobody_writes_before_images_by_hand(self):
        with self.assertRaises(AccessError):
            self._images(self.run).with_user(self.manager).write({"undo_state": "undone"})
