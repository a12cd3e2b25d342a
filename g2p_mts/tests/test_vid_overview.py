from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..flow.due import Due
from ..flow.vid_figures import VidFigures
from ..flow.vid_rule import read_rule
from .clean_up_case import CleanUpCase


class PromiseCase(CleanUpCase):
    """``age`` lets VIDs wait."""

    def age(self, people, **ago):
        """Let VIDs and tokens of these people be older."""
        self.env.flush_all()
        then = fields.Datetime.now() - timedelta(**ago)
        self.cr.execute(
            "UPDATE g2p_reg_id SET create_date = %s WHERE partner_id = ANY(%s)", (then, people.ids)
        )
        self.lines_of(people).closed_at = then
        self.env.invalidate_all()

    def lines_of(self, people):
        return self.env["g2p.mts.request.line"].search([("partner_id", "in", people.ids)])


@tagged("post_install", "-at_install")
class TestVidOverview(PromiseCase):
    """The officer's dashboard, and the promise it watches."""

    def overview(self):
        page = self.env["g2p.mts.vid.overview"].with_user(self.officer)
        return page.browse(page.action_open()["res_id"])

    def promise(self):
        return VidFigures(self.env, read_rule(self.env)).promise()

    def test_vids_are_counted_by_age(self):
        young, old = self.due(2), self.due(1)
        self.age(old, days=10)
        page = self.overview()
        held = {line.age: line.held for line in page.age_ids}
        self.assertEqual(page.held_count, 3)
        self.assertEqual((held["Up to a day"], held["Up to 30 days"]), (len(young), len(old)))

    def test_the_oldest_that_is_due_is_shown(self):
        self.due(2)
        old = self.due(1)
        self.age(old, days=3)
        page = self.overview()
        self.assertEqual(page.due_count, 3)
        self.assertEqual(page.oldest, self.lines_of(old).closed_at)

    def test_a_vid_is_not_due_before_it_is_here(self):
        person = self.due(1)
        self.lines_of(person).closed_at = fields.Datetime.now() - timedelta(days=9)
        [row] = Due(self.env, read_rule(self.env)).after(0, 1)
        self.assertGreater(row.due_since, fields.Datetime.now() - timedelta(hours=1))

    def test_days_of_patience_are_not_counted_as_waiting(self):
        self.set_rule(after_days="2")
        self.age(self.due(1), days=2, hours=5)
        self.assertEqual(self.promise().broken, 0)
        self.age(self.due(1), days=3, hours=5)
        self.assertEqual(self.promise().broken, 1)

    def test_what_went_today_is_counted_under_its_day(self):
        self.due(3)
        self.clean_up()
        page = self.overview()
        self.assertEqual((page.held_count, page.gone_count), (0, 3))
        self.assertEqual(page.day_ids.mapped("deleted"), [3])

    def test_the_promise_is_kept_by_what_goes_in_time(self):
        self.due(3)
        self.clean_up()
        self.assertEqual((self.promise().kept, self.promise().broken), (3, 0))
        self.assertEqual(self.overview().promise, "kept")

    def test_what_goes_late_breaks_it(self):
        self.age(self.due(1), days=3)
        self.clean_up()
        self.assertEqual((self.promise().kept, self.promise().broken), (0, 1))
        self.assertEqual(self.overview().promise, "broken")

    def test_what_stays_breaks_it(self):
        self.age(self.due(1), days=3)
        self.assertEqual(self.overview().promise, "broken")

    def test_a_practice_keeps_no_promise(self):
        self.due(1)
        self.start(is_practice=True)
        self.work()
        self.assertEqual(self.overview().promise, "open")

    def test_what_is_promised_can_be_set(self):
        self.age(self.due(1), hours=30)
        self.assertTrue(self.promise().is_broken)
        self.env["ir.config_parameter"].set_param("g2p_mts.vid_promise_hours", "48")
        self.assertFalse(self.promise().is_broken)

    def test_what_cannot_be_promised_is_refused(self):
        for values in ({"percent": 0}, {"percent": 101}, {"hours": 0}):
            named = {f"g2p_mts_vid_promise_{name}": value for name, value in values.items()}
            with self.subTest(values), self.assertRaises(ValidationError):
                self.env["res.config.settings"].create(named)

    def test_a_rule_that_cannot_be_followed_is_said_in_words(self):
        self.env["ir.config_parameter"].set_param("g2p_mts.uin_token_id_type", False)
        page = self.overview()
        self.assertIn("token", page.problems)
        self.assertFalse(page.promise)

    def test_other_companies_are_not_counted(self):
        far = self.env["res.company"].create({"name": "Far"})
        self.due(1, company_id=far.id)
        self.assertEqual(self.overview().held_count, 0)

    def test_only_officers_see_it(self):
        with self.assertRaises(AccessError):
            self.env["g2p.mts.vid.overview"].with_user(self._operator()).action_open()

    def _operator(self):
        return self.env["res.users"].create(
            {
                "name": "Operator",
                "login": "test_vid_operator",
                "group_ids": [(4, self.env.ref("mts_connector.group_mts_operator").id)],
            }
        )

    def test_the_statements_do_not_grow_with_the_vids(self):
        self.due(2)
        few = self.statements()
        self.due(40)
        self.assertLessEqual(self.statements(), few)

    def statements(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        figures = VidFigures(self.env, read_rule(self.env))
        figures.held_by_age(), figures.oldest(), figures.deleted_by_day(), figures.promise()
        return self.cr.sql_log_count - before


@tagged("post_install", "-at_install")
class TestVidPromise(PromiseCase):
    """Officers are told when the promise is broken, and not without end."""

    def watch(self):
        self.receipts._cron_watch_promise()
        return self.receipts._promise_alerts()

    def test_every_officer_is_told_once(self):
        self.age(self.due(1), days=3)
        self.assertLessEqual(self.officer | self.second, self.watch().user_id)
        self.assertEqual(len(self.watch()), len(self.watch().user_id))

    def test_who_has_noted_it_is_not_told_again_the_same_day(self):
        self.age(self.due(1), days=3)
        self.watch().filtered(lambda alert: alert.user_id == self.officer).action_done()
        self.assertNotIn(self.officer, self.watch().user_id)

    def test_nobody_is_bothered_any_more_once_it_is_well(self):
        self.age(self.due(1), days=3)
        self.assertTrue(self.watch())
        self.env["ir.config_parameter"].set_param("g2p_mts.vid_promise_hours", "1000")
        self.assertFalse(self.watch())

    def test_a_rule_that_cannot_be_followed_any_more_is_told_as_well(self):
        self.age(self.due(1), days=3)
        self.assertEqual(set(self.watch().mapped("summary")), {"VIDs stay longer than promised"})
        self.schedule.active = True
        self.env["ir.config_parameter"].set_param("g2p_mts.uin_token_id_type", False)
        alerts = self.watch()
        self.assertLessEqual(self.officer | self.second, alerts.user_id)
        self.assertEqual(len(alerts), len(alerts.user_id), "those that were there tell it now")
        self.assertIn("cannot be followed", alerts[0].summary)
        self.assertIn("ID type", alerts[0].note)

    def test_a_rule_that_nobody_has_switched_on_promises_nothing(self):
        self.env["ir.config_parameter"].set_param("g2p_mts.uin_token_id_type", False)
        self.assertFalse(self.schedule.active)
        self.assertFalse(self.watch())

    def test_the_alert_names_nobody(self):
        person = self.due(1)
        self.age(person, days=3)
        self.assertNotIn(person.name, "".join(self.watch().mapped("note")))
