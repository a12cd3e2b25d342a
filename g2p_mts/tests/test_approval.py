import json

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import tagged

from .ledger_case import LedgerCase

#: What can be changed to another value, beside what `test_selected_fields` and others change.
CHANGES = {
    "mts_url": "https://elsewhere.example.test",
    "callback_httpmethod": "PUT",
    "callback_auth_url": "https://elsewhere.example.test/login",
    "callback_auth_database": "elsewhere",
    "g2p_answer_base_url": "https://elsewhere.example.test",
}
#: What only the approval itself writes, and the work.
FORGED = {
    "g2p_approved_by_id": 2,
    "g2p_approved_at": "2026-03-01 08:00:00",
    "g2p_approved_digest": "0" * 64,
    "g2p_last_person": 9,
    "user_id": 1,
}
NEW = {"name": "Another", "mts_url": "https://another.example.test"}


@tagged("post_install", "-at_install")
class TestApproval(LedgerCase):
    """Nothing leaves that was not approved, not even if it is changed at work."""

    def setUp(self):
        super().setUp()
        self.connector.write({"g2p_batch_floor": 2, "g2p_batch_size": 2, "g2p_batch_ceiling": 2})
        self.crowd = self.people(*(str(9000 + number) for number in range(5)))

    def let_it_send(self, number):
        """Perform jobs until so many batches have gone out."""
        while len(self.seeder.submissions()) < number:
            self.queue.perform(self.queue.waiting[0])

    def change(self):
        """The manager chooses another field to be sent."""
        names = [*json.loads(self.connector.g2p_selected_fields), "phone"]
        names.remove("email")
        mapping = {**json.loads(self.connector.mapping), "emailId": "phone"}
        values = {"g2p_selected_fields": json.dumps(list(dict.fromkeys(names)))}
        self.connector.with_user(self.manager).write({**values, "mapping": json.dumps(mapping)})

    def assert_stopped(self):
        self.assertEqual(self.connector.job_status, "draft")
        self.assertIn("data-protection officer", self.connector.trouble)

    def approve_and_finish(self):
        self.connector.with_user(self.officer).action_approve()
        self.run_to_the_end()
        self.assertTrue(all(self.crowd.mapped(self.token)))
        self.assertEqual(set(self.lines().mapped("state")), {"answered"})
        self.assertEqual(self.connector.job_status, "completed")

    def test_no_batch_follows_one_under_way_before_a_change_is_approved(self):
        self.start()
        self.let_it_send(1)
        self.change()
        self.queue.work_off()
        self.assertEqual(len(self.seeder.submissions()), 1)
        self.assertEqual([bool(self.token(one)) for one in self.crowd], [True] * 2 + [False] * 3)
        self.assert_stopped()
        self.approve_and_finish()

    def test_a_recurring_connector_does_not_go_on_either(self):
        self.connector.is_recurring = "recurring"
        self.start()
        self.let_it_send(1)
        self.change()
        self.queue.work_off()
        self.assertEqual(len(self.seeder.submissions()), 1)
        self.assertFalse(self.connector.cron_id)
        self.assert_stopped()

    def test_a_batch_that_is_queued_stays_here_until_a_change_is_approved(self):
        self.start()
        self.queue.perform(self.queue.waiting[0])
        request = self.connector.g2p_request_ids
        self.assertEqual((request.state, request.people_count), ("queued", 2))
        self.change()
        self.queue.work_off()
        self.assertFalse(self.seeder.submissions())
        self.assertEqual(request.state, "cancelled")
        self.assert_stopped()
        self.approve_and_finish()

    def test_an_approval_is_for_where_data_and_answers_go(self):
        for name, value in CHANGES.items():
            with self.subTest(name):
                before = self.connector[name]
                self.connector[name] = value
                self.assertFalse(self.connector.g2p_is_approved)
                self.connector[name] = before
                self.assertTrue(self.connector.g2p_is_approved)

    def test_an_approval_is_for_the_id_that_is_sent_and_the_one_that_comes_back(self):
        other = self.env["g2p.id.type"].create({"name": "National ID (test)"})
        parameters = self.env["ir.config_parameter"]
        for name in ("g2p_mts.vid_id_type", "g2p_mts.uin_token_id_type"):
            with self.subTest(name):
                before = parameters.get_param(name)
                self.assertTrue(self.connector.g2p_is_approved)
                parameters.set_param(name, other.id)
                self.connector.invalidate_recordset()
                self.assertFalse(self.connector.g2p_is_approved)
                parameters.set_param(name, before)
                self.connector.invalidate_recordset()

    def test_nobody_writes_who_approved_it_and_as_whom_it_works(self):
        before = self.connector._approval_text()
        model = self.env["mts.connector"].with_user(self.manager)
        for name, value in FORGED.items():
            for method, args in (
                ("write", [self.connector.ids, {name: value}]),
                ("create", [[{**NEW, name: value}]]),
            ):
                with self.subTest(name, method=method), self.assertRaises(AccessError):
                    call_kw(model, method, args, {})
        self.assertEqual(self.connector._approval_text(), before)
        self.assertFalse(self.connector.user_id)

    def test_a_default_of_ones_own_approves_nothing(self):
        connectors = self.env["mts.connector"].with_user(self.manager)
        digest = connectors.new(NEW).sudo()._approval_digest()
        defaults = self.env["ir.default"].with_user(self.manager)
        defaults.set("mts.connector", "g2p_approved_digest", digest, user_id=True)
        defaults.set("mts.connector", "g2p_approved_by_id", self.officer.id, user_id=True)
        connector = connectors.create(NEW)
        self.assertRecordValues(
            connector, [{"g2p_is_approved": False, "g2p_approved_by_id": False}]
        )
