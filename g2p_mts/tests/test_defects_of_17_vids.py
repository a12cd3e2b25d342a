"""One test for each defect of 17.0's deletion of VIDs."""

from odoo.exceptions import ValidationError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from ..flow.vid_rule import read_rule
from .clean_up_case import CleanUpCase

#: The scheduled action as 17.0 had it.
DOMAIN_OF_17 = """[["reg_ids.id_type.name", "=", "MOSIP VID"]]"""


@tagged("post_install", "-at_install")
class TestDefectsOf17Vids(CleanUpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.system = new_test_user(cls.env, "test_vid_system", groups="base.group_system")

    def settings(self):
        """The page of Odoo's settings, opened by an administrator."""
        return Form(self.env["res.config.settings"].with_user(self.system))

    def test_c10_settings_that_are_missing_crash_no_scheduled_action(self):
        people = self.due()
        self.env["ir.config_parameter"].set_param("g2p_mts.uin_token_id_type", False)
        with mute_logger("odoo.addons.g2p_mts.mixins.vid_deletion_work"):
            self.assertFalse(self.clean_up())
        self.assertTrue(self.vids(people))

    def test_c10_who_has_no_vid_or_no_token_stops_nobody_else(self):
        """17.0 took for granted that whoever its filter found had both, and crashed."""
        without_token, without_vid = self._person("BEN"), self._person("CLEO")
        self.give_vid(without_token)
        self.give_token(without_vid)
        people = self.due(2)
        self.assertEqual(self.clean_up().line_ids.partner_id, people)

    def test_c11_junk_in_place_of_a_token_costs_nobody_the_vid(self):
        invalid, stranger, good = self.due(3)
        rows = (invalid | stranger).reg_ids
        tokens = rows.filtered(lambda row: row.id_type == self.token_type)
        tokens.filtered(lambda row: row.partner_id == invalid).status = "invalid"
        # Somebody wrote it by hand: no answer of an MTS says that it stands for this VID.
        self.env["g2p.mts.request.line"].search([("partner_id", "=", stranger.id)]).token_id = False
        receipt = self.clean_up()
        self.assertEqual(receipt.line_ids.partner_id, good)
        self.assertEqual(len(self.vids(invalid | stranger)), 2)

    def test_c12_the_scheduled_action_is_shipped_switched_off(self):
        data = self.env["ir.model.data"].search(
            [("module", "=", "g2p_mts"), ("name", "=", "to_delete_g2p_reg_id_vid")]
        )
        self.assertTrue(data.noupdate, "An upgrade would switch off what an officer switched on.")
        self.assertFalse(self.schedule.active)

    def test_c12_what_the_id_types_are_called_does_not_matter(self):
        self.vid_type.name, self.token_type.name = "Kitambulisho", "Tokeni"
        self.due()
        self.assertEqual(self.clean_up().deleted_count, 1)

    def test_c12_a_filter_that_never_fits_is_seen_before_it_is_saved(self):
        self.due()
        self.set_rule(search_domain=DOMAIN_OF_17)
        self.assertFalse(read_rule(self.env).problems(self.env))
        page = Form(self.env["g2p.mts.vid.rule"].with_user(self.officer))
        self.assertEqual((page.held_count, page.due_count), (1, 0))

    def test_c12_a_parameter_that_is_no_json_is_told(self):
        self.set_rule(search_domain="[('is_group', '=', False)]")
        [problem] = read_rule(self.env).problems(self.env)
        self.assertIn("written as Python", problem)

    def test_c22_the_settings_open_and_save(self):
        page = self.settings()
        page.g2p_mts_vid_delete_search_domain = '[["name", "=", "ADA"]]'
        page.save().execute()
        self.assertEqual(read_rule(self.env).search_domain, '[["name", "=", "ADA"]]')

    def test_c22_saving_other_settings_does_not_touch_the_scheduled_action(self):
        for is_on in (True, False):
            page = self.settings()
            page.g2p_mts_vid_id_type = self.vid_type
            # An officer switches it while an administrator has the settings open.
            self.schedule.active = is_on
            self.env.flush_all()
            before = self.schedule.read()
            page.save().execute()
            self.assertEqual(self.schedule.read(), before)

    def test_c22_the_switch_among_the_settings_switches_it(self):
        for is_on in (True, False):
            page = self.settings()
            page.g2p_mts_vid_delete_job_status = is_on
            page.save().execute()
            self.assertEqual(self.schedule.active, is_on)
            self.assertEqual(self.settings().g2p_mts_vid_delete_job_status, is_on)

    def test_c22_it_cannot_be_switched_on_by_a_rule_that_cannot_be_followed(self):
        page = self.settings()
        page.g2p_mts_uin_token_id_type = self.env["g2p.id.type"]
        page.g2p_mts_vid_delete_job_status = True
        with self.assertRaisesRegex(ValidationError, "for the token"):
            page.save().execute()

    def test_c22_a_domain_that_cannot_be_searched_is_refused(self):
        page = self.settings()
        page.g2p_mts_vid_delete_search_domain = '[["no_such", "=", 1]]'
        with self.assertRaisesRegex(ValidationError, "no field “no_such”"):
            page.save()

    def test_c22_settings_are_saved_though_somebody_deleted_the_scheduled_action(self):
        self.schedule.unlink()
        page = self.settings()
        page.g2p_mts_vid_id_type = self.card_type
        page.save().execute()
        self.assertEqual(read_rule(self.env).vid_types, (self.card_type.id,))
