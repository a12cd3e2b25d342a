from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .ledger_case import OPERATOR, LedgerCase


@tagged("post_install", "-at_install")
class TestCompanies(LedgerCase):
    """A connector reads the companies that were approved, whoever presses which button."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.here = cls.env.company
        cls.there = cls.env["res.company"].create({"name": "There"})
        cls.both = cls.here | cls.there
        cls.operator.company_ids = cls.both
        cls.neighbour = new_test_user(
            *(cls.env, "test_mts_neighbour"),
            groups=OPERATOR,
            company_id=cls.there.id,
            company_ids=[(6, 0, cls.there.ids)],
        )
        cls.connector.g2p_company_ids = cls.both
        cls.connector.with_user(cls.officer).action_approve()
        cls.mine = cls.people("9001", company_id=cls.here.id)
        cls.theirs = cls.people("9002", company_id=cls.there.id)

    def press(self, record, button, user, **context):
        getattr(record.with_user(user).with_context(**context), button)()

    def begin(self, **context):
        """Press Start, and choose the people: the job that sends them waits."""
        self.press(self.connector, "action_start", self.operator, **context)
        self.queue.perform(self.queue.waiting[0])
        return self.connector.g2p_request_ids

    def assert_sent(self, *people):
        states = {line.partner_id: line.state for line in self.lines()}
        self.assertEqual(states, dict.fromkeys(people, "answered"))

    def test_all_are_chosen_though_one_company_was_ticked_at_the_start(self):
        request = self.begin(allowed_company_ids=self.here.ids)
        self.assertEqual(request.people_count, 2)

    def test_send_now_refuses_nobody_of_a_company_that_was_not_ticked(self):
        request = self.begin()
        ticked = self.here.ids
        self.press(request, "action_send_now", self.operator, allowed_company_ids=ticked)
        self.queue.work_off()
        self.assert_sent(self.mine, self.theirs)

    def test_send_now_refuses_nobody_whom_the_one_who_presses_may_not_see(self):
        request = self.begin()
        ticked = self.there.ids
        self.press(request, "action_send_now", self.neighbour, allowed_company_ids=ticked)
        self.queue.work_off()
        self.assert_sent(self.mine, self.theirs)

    def test_send_now_sends_nobody_who_was_archived_though_the_screen_showed_archived_ones(self):
        request = self.begin()
        self.mine.active = False
        self.press(request, "action_send_now", self.operator, active_test=False)
        self.queue.work_off()
        self.assertEqual(self.lines(partner_id=self.mine.id).state, "left_out")

    def test_nobody_is_sent_of_a_company_that_was_not_approved(self):
        self.connector.g2p_company_ids = self.here
        self.connector.with_user(self.officer).action_approve()
        self.press(self.connector, "action_start", self.operator, allowed_company_ids=self.both.ids)
        self.queue.work_off()
        self.assert_sent(self.mine)

    def test_a_branch_does_not_bring_the_registrants_of_its_parent(self):
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": self.there.id})
        self.operator.company_ids |= branch
        of_branch = self.people("9003", company_id=branch.id)
        self.connector.g2p_company_ids = branch
        self.connector.with_user(self.officer).action_approve()
        self.run_to_the_end()
        self.assert_sent(of_branch)

    def test_another_company_needs_another_approval(self):
        self.connector.g2p_company_ids = self.here
        self.assertFalse(self.connector.g2p_is_approved)
        with self.assertRaisesRegex(UserError, "data-protection officer"):
            self.start()

    def test_who_does_not_work_for_all_its_companies_does_not_start_it(self):
        with self.assertRaisesRegex(UserError, f"also for: {self.here.name}"):
            self.press(self.connector, "action_start", self.neighbour)
        self.connector.g2p_company_ids = False
        self.connector.with_user(self.officer).action_approve()
        with self.assertRaisesRegex(UserError, "Choose the companies"):
            self.start()

    def test_a_company_taken_from_its_user_stops_the_connector_before_anybody_is_refused(self):
        self.begin()
        self.operator.company_ids = self.here
        self.queue.work_off()
        self.assertEqual(self.connector.job_status, "draft")
        self.assertIn("also for: There", self.connector.trouble)
        self.assertFalse(self.seeder.submissions() or self.lines())

    def test_pre_flight_counts_all_companies_whatever_is_ticked(self):
        for ticked in (self.here, self.there, self.both):
            with self.subTest(ticked.mapped("name")):
                self.assertEqual(self.counted(self.operator, ticked), 2)
        self.assertEqual(self.counted(self.neighbour, self.there), 1)
        self.connector.g2p_company_ids = self.here
        self.assertEqual(self.counted(self.neighbour, self.there), 0)

    def counted(self, user, ticked):
        connector = self.connector.with_user(user).with_context(allowed_company_ids=ticked.ids)
        preflight = self.env["g2p.mts.preflight"].browse(connector.action_preflight()["res_id"])
        return preflight.line_ids[0].people

    def test_the_page_for_officers_names_the_companies(self):
        words = dict(self.connector.with_user(self.officer)._what_leaves())["Of which companies"]
        self.assertEqual(words, f"{self.here.name}, There")

    def test_a_new_connector_is_for_the_companies_whoever_makes_it_works_with(self):
        self.manager.company_ids = self.both
        new = {"name": "Another", "mts_url": "https://another.example.test"}
        for ticked in (self.both, self.there):
            connectors = self.env["mts.connector"].with_user(self.manager)
            connector = connectors.with_context(allowed_company_ids=ticked.ids).create(new)
            self.assertEqual(connector.g2p_company_ids, ticked)
            connector.unlink()
        with self.assertRaises(AccessError):
            connectors.with_context(allowed_company_ids=self.there.ids).create(
                {**new, "g2p_company_ids": self.here.ids}
            )
