from datetime import timedelta

from odoo.fields import Datetime
from odoo.tests import tagged

from .common import ImporterCase
from .people import person

OPERATOR = "g2p_social_registry_importer.group_import_operator"


@tagged("post_install", "-at_install")
class TestTelling(ImporterCase):
    """Somebody who can do something about it is told, and once."""

    def setUp(self):
        super().setUp()
        self.importer.write(
            {
                "owner_id": self.operator.id,
                "target_registry": "individual",
                "query": "{ getRegistrants { name regIds { idTypeAsStr value } } }",
                "is_scheduled": True,
            }
        )
        self.national.id_validation = "^N-"
        people = [person(f"p{n}", f"BANDA, {n}", f"X-{n}") for n in range(3)]
        self.social_registry.put_registrants(people)

    def _trigger(self):
        self.importer.next_run_at = Datetime.now() - timedelta(minutes=1)
        with self.enter_registry_test_mode():
            cron = self.env.ref("g2p_social_registry_importer.cron_schedule")
            cron.method_direct_trigger()
        self.queue.work_off()

    def _told(self, words):
        told = [("message_type", "=", "user_notification"), ("subject", "like", words)]
        return self.env["mail.message"].search(told)

    def test_what_leaves_a_run_as_it_was_is_not_told_again(self):
        self._trigger()
        run = self.importer.run_ids
        self.assertOutcome(run, "incomplete", failed=3)
        for issue in run.issue_ids:
            issue.with_user(self.operator).action_retry()
        self.assertEqual(run.state, "incomplete")
        self.assertEqual(len(self.importer.activity_ids), 1)
        self.assertEqual(len(self._told("ended as Incomplete")), 1)

    def test_the_next_run_that_ends_badly_is_told_by_the_same_activity(self):
        self._trigger()
        self._trigger()
        self.assertEqual(len(self.importer.run_ids), 2)
        self.assertEqual(len(self.importer.activity_ids), 1)
        self.assertEqual(len(self._told("ended as Incomplete")), 2)
        self.importer.activity_ids.action_done()
        self._trigger()
        self.assertEqual(len(self.importer.activity_ids), 1)

    def test_a_paused_run_in_the_way_of_the_schedule_is_told_once(self):
        self.start().with_user(self.operator).action_pause()
        for _time in range(3):
            self._trigger()
        self.assertEqual(len(self.importer.activity_ids), 1)
        self.assertEqual(len(self._told("could not start")), 1)

    def test_nothing_starts_in_the_name_of_an_account_that_is_archived(self):
        self.operator.active = False
        self.assertManagersTold()

    def test_nothing_starts_in_the_name_of_who_is_no_operator_any_more(self):
        self.operator.group_ids -= self.env.ref(OPERATOR)
        self.assertManagersTold()

    def assertManagersTold(self):
        self._trigger()
        self.assertFalse(self.importer.run_ids)
        users = self.importer.activity_ids.user_id
        self.assertIn(self.manager, users)
        self.assertNotIn(self.operator, users)
        self.assertIn("Choose another owner", self.importer.activity_ids[0].note)
        self.assertEqual(self._told("could not start").notified_partner_ids, users.partner_id)

    def test_who_is_told_of_a_bad_end_is_there_to_read_it(self):
        self.importer.with_user(self.operator)._start("schedule")
        self.operator.active = False
        self.queue.work_off()
        self.assertEqual(self.importer.run_ids.state, "incomplete")
        self.assertIn(self.manager, self.importer.activity_ids.user_id)

    def test_managers_of_another_company_are_not_told(self):
        company = self.env["res.company"].create({"name": "Another ministry"})
        self.manager.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        self.operator.active = False
        self._trigger()
        self.assertNotIn(self.manager, self.importer.activity_ids.user_id)
