from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from ..flow.vid_rule import read_rule
from .clean_up_case import CleanUpCase


@tagged("post_install", "-at_install")
class TestVidRulePage(CleanUpCase):
    """The officer sets the rule, sees what it does, and starts it."""

    def form(self):
        return Form(self.env["g2p.mts.vid.rule"].with_user(self.officer))

    def test_the_page_shows_the_rule_in_force_and_what_it_would_do(self):
        self.due(2)
        self.give_vid(self._person("BEN"))
        self.set_rule(after_days="3", search_domain='[["name", "!=", "Nobody"]]')
        form = self.form()
        self.assertEqual((form.vid_type_id, form.token_type_id), (self.vid_type, self.token_type))
        self.assertEqual((form.after_days, form.brake_rows, form.minutes), (3, 10_000, 5))
        numbers = (form.held_count, form.with_token_count, form.due_count)
        self.assertEqual(numbers, (3, 2, 0))
        form.after_days = 0
        self.assertEqual(form.due_count, 2)
        self.assertTrue(form.is_draft)
        self.assertFalse(form.is_on)

    def test_the_page_opens_before_anything_is_set(self):
        parameters = self.env["ir.config_parameter"]
        for name in ("vid", "uin_token"):
            parameters.set_param(f"g2p_mts.{name}_id_type", False)
        types = {
            name: {"fields": {"display_name": {}}} for name in ("vid_type_id", "token_type_id")
        }
        rules = self.env["g2p.mts.vid.rule"].with_user(self.officer)
        shown = rules.onchange({}, [], {**types, "problems": {}, "rule_words": {}})["value"]
        self.assertEqual((shown["vid_type_id"], shown["token_type_id"]), (False, False))
        self.assertIn("No ID type is chosen", shown["problems"])
        self.assertIn("Deletes nothing until", shown["rule_words"])

    def test_saving_puts_the_rule_in_force_and_says_who_did(self):
        page = self.page(after_days=2, own_nonce=False, brake_percent=7, brake_rows=8)
        page.more_vid_type_ids = self.card_type
        page.g2p_search_domain = '[["name", "=", "ADA"]]'
        page.action_save()
        self.assertEqual(read_rule(self.env), page._rule().for_everybody)
        rule = read_rule(self.env)
        self.assertEqual(rule.vid_types, (self.vid_type.id, self.card_type.id))
        self.assertEqual((rule.after_days, rule.own_nonce), (2, False))
        self.assertFalse(page.is_draft)
        user, _time = self.env["ir.config_parameter"]._vid_rule_saved()
        self.assertEqual(user, self.officer.id)
        self.assertFalse(self.schedule.active)

    def test_switching_it_on_and_how_often(self):
        self.page(is_on=True, minutes=90).action_save()
        self.assertTrue(self.schedule.active)
        interval = (self.schedule.interval_number, self.schedule.interval_type)
        self.assertEqual(interval, (90, "minutes"))
        self.assertEqual(self.form().minutes, 90)

    def test_it_is_not_switched_on_without_id_types(self):
        with self.assertRaisesRegex(ValidationError, "No ID type is chosen for the VID"):
            self.page(vid_type_id=False, is_on=True).action_save()
        self.assertFalse(self.schedule.active)
        self.page(vid_type_id=False, token_type_id=False).action_save()
        self.assertFalse(read_rule(self.env).vid_types)

    def test_what_contradicts_itself_is_refused_in_words(self):
        for values, words in (
            ({"token_type_id": self.vid_type.id}, "different ID types"),
            ({"after_days": -1}, "number from 0"),
            ({"brake_percent": 101}, "from 1 to 100"),
            ({"brake_rows": 0}, "at least 1"),
        ):
            page = self.page(**values)
            self.assertIn(words, page.problems)
            with self.assertRaisesRegex(ValidationError, words):
                page.action_save()
        with self.assertRaisesRegex(UserError, "minutes between"):
            self.page(minutes=0).action_save()

    def test_the_search_domain_is_checked_like_that_of_a_connector(self):
        for domain, words in (
            ('[["no_such", "=", 1]]', "no field “no_such”"),
            ("{}", "JSON list"),
            # An officer sees no IDs, and could find out by searching who has which.
            ('[["reg_ids.value", "=", "1"]]', "You may not read"),
        ):
            with self.assertRaisesRegex(ValidationError, words):
                self.page(g2p_search_domain=domain)

    def test_nothing_due_is_said_and_leaves_no_receipt(self):
        action = self.page().action_run()
        self.assertIn("Nothing is due", action["params"]["message"])
        self.assertFalse(self.receipts.search([("started_by_id", "=", self.officer.id)]))

    def test_one_clean_up_at_a_time(self):
        self.due()
        self.start()
        with self.assertRaisesRegex(UserError, "Another clean-up"):
            self.start(self.second)
        self.assertTrue(self.start(is_practice=True))

    def test_a_run_by_hand_reaches_the_companies_of_the_user(self):
        here = self.due()
        company = self.env["res.company"].create({"name": "Another ministry"})
        there = self.due(company_id=company.id)
        self.assertEqual(self.form().due_count, 1)
        receipt = self.start()
        self.work()
        self.assertFalse(self.vids(here))
        self.assertTrue(self.vids(there))
        self.assertIn(f"registrants of {self.env.company.name}", receipt.rule_words)

    def test_who_is_no_officer_has_no_page(self):
        manager = new_test_user(
            self.env, "test_vid_manager", groups="mts_connector.group_mts_manager"
        )
        with self.assertRaises(AccessError):
            self.page(manager)

    def test_a_deleted_scheduled_action_is_said(self):
        self.schedule.unlink()
        page = self.page(is_on=True)
        with self.assertRaisesRegex(UserError, "was deleted"):
            page.action_save()
