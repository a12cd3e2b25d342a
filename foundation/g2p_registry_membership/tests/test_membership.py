from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import freeze_time, tagged

from odoo.addons.g2p_registry_membership.models import group_membership

from .common import MembershipCase


@tagged("post_install", "-at_install")
class TestMembership(MembershipCase):
    def test_person_is_in_a_group_once(self):
        self._join(self.one)
        message = self._database_refusal(
            "g2p.group.membership", lambda: self._join(self.two + self.one)
        )
        self.assertIn("already has a row", message)

    def test_ended_rows_count_too(self):
        self._join(self.one).end_membership()
        self.assertIn(
            "reopen it",
            self._database_refusal("g2p.group.membership", lambda: self._join(self.one)),
        )

    def test_sides_are_checked_in_every_record_of_a_batch(self):
        contact = self.partners.create({"name": "Contact"})
        [other_household] = self._registrants(1, is_group=True)
        with self.assertRefused("person of the registry"):
            self._join(self.one + other_household)
        with self.assertRefused("person of the registry"):
            self._join(self.one + contact)
        with self.assertRefused("group of the registry"):
            self._join(self.one, group=self.two)
        self._join(self.one)

    def test_no_end_before_the_start(self):
        membership = self._join(self.one, start_date="2024-01-02")

        def end_before_start():
            membership.ended_date = "2024-01-01"
            self.env.flush_all()

        self.assertIn(
            "before it starts", self._database_refusal("g2p.group.membership", end_before_start)
        )

    def test_past_end_ends_and_future_end_does_not(self):
        now = fields.Datetime.now()
        past, future = self._join(self.one + self.two, start_date="2024-01-01")
        past.ended_date = now - timedelta(seconds=1)
        future.ended_date = now + timedelta(days=1)
        self.assertRecordValues(
            past + future,
            [
                {"is_ended": True, "status": "inactive"},
                {"is_ended": False, "status": "active"},
            ],
        )

    def test_ending_now_and_reopening(self):
        membership = self._join(self.one).with_user(self.registrar)
        membership.end_membership()
        self.assertTrue(membership.is_ended)
        self.assertTrue(self.one.exists(), "the person stays")
        membership.reopen_membership()
        self.assertRecordValues(
            membership, [{"is_ended": False, "status": "active", "ended_date": False}]
        )

    def test_ending_again_keeps_the_first_date(self):
        membership = self._join(self.one, start_date="2023-01-01", ended_date="2024-01-01")
        membership.end_membership()
        self.assertEqual(membership.ended_date.year, 2024)

    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("g2p_registry_membership.cron_end_memberships").method_direct_trigger()
        self.env.invalidate_all()

    def test_cron_ends_what_the_clock_has_ended(self):
        with freeze_time("2024-01-01 00:00:00"):
            people = self._registrants(5)
            due = self._join(people, ended_date="2024-01-02 00:00:00")
            self.assertEqual(self.household.z_ind_grp_num_individuals, 5)
        later = self._join(self.one, ended_date=fields.Datetime.now() + timedelta(days=1))
        self.assertFalse(any(due.mapped("is_ended")), "the clock alone changes nothing yet")
        with patch.object(group_membership, "CRON_BATCH", 2):
            self._run_cron()
        self.assertEqual(set(due.mapped("status")), {"inactive"})
        self.assertEqual(later.status, "active")
        self.assertEqual(self.household.z_ind_grp_num_individuals, 1)

    def test_deleting_a_person_or_group_deletes_the_row_only(self):
        first, second = self._join(self.one + self.two)
        self.one.unlink()
        self.assertFalse(first.exists())
        self.household.unlink()
        self.assertFalse(second.exists())
        self.assertTrue(self.two.exists())

    def test_row_shows_as_the_person(self):
        membership = self._join(self.one)
        self.assertEqual(membership.display_name, self.one.display_name)
