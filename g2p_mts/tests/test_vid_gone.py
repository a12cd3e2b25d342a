from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from odoo.addons.g2p_secrets import places

from ..flow import vid_keys
from ..flow.residue import sweep
from .vid_case import OTHER_VID, VID, VidCase

OLD, NEW = "old:" + "o" * 40, "new:" + "n" * 40


@tagged("post_install", "-at_install")
class TestVidGone(VidCase):
    def _row(self, value, id_type=None):
        return {"id_type": (id_type or self.vid_type).id, "value": value}

    def _holders(self, *values):
        return self.env["g2p.reg.id"]._holders_of_gone([self._row(value) for value in values])

    def _configured(self, text):
        """The keys of the server, as its environment has them."""
        return patch.dict(places.os.environ, {"G2P_MTS_VID_KEYS": text})

    # -- stays gone ------------------------------------------------------------------------------

    def test_a_deleted_vid_is_not_created_again(self):
        self._delete()
        with self.assertRaises(ValidationError) as caught:
            self._add_id(self.person, VID)
        self.assertNotIn(VID, str(caught.exception))
        self.assertIn("deleted for good", str(caught.exception))

    def test_a_deleted_vid_is_not_written_into_another_row(self):
        self._delete()
        row = self._add_id(self.person, OTHER_VID)
        with self.assertRaises(ValidationError) as caught:
            row.value = f" {VID}"
        self.assertNotIn(VID, str(caught.exception))

    def test_a_row_does_not_become_one_by_changing_its_type(self):
        self._delete()
        row = self._add_id(self.person, VID, self.card_type)
        with self.assertRaises(ValidationError):
            row.id_type = self.vid_type

    def test_a_deleted_vid_does_not_come_back_to_somebody_else(self):
        self._delete()
        with self.assertRaises(ValidationError):
            self._add_id(self._person("BEN"), VID)

    def test_blanks_and_hyphens_do_not_bring_a_vid_back(self):
        self._delete()
        wide = "".join(chr(0xFF10 + int(digit)) for digit in VID)
        for written in ("5813 0762 4968 1375", "5813-0762-4968-1375", wide):
            with self.assertRaises(ValidationError):
                self._add_id(self.person, written)

    def test_other_values_and_other_types_are_free(self):
        self._delete()
        self.assertTrue(self._add_id(self.person, OTHER_VID))
        self.assertTrue(self._add_id(self.person, VID, self.card_type))

    def _hold_vids_too(self, id_type):
        """From now on, IDs of this type are VIDs by the rule."""
        name = "g2p_mts.vid_delete_more_id_types"
        self.env["ir.config_parameter"].set_param(name, id_type.id)

    def test_a_deleted_vid_does_not_come_back_under_another_type_that_holds_vids(self):
        self._delete()
        self._hold_vids_too(self.card_type)
        self.assertTrue(self._add_id(self._person("BEN"), OTHER_VID, self.card_type))
        row = self._add_id(self.person, VID, self.token_type)
        with self.assertRaises(ValidationError):
            row.id_type = self.card_type
        row.unlink()
        with self.assertRaises(ValidationError):
            self._add_id(self.person, VID, self.card_type)

    def test_whose_a_vid_was_is_known_under_another_type_that_holds_vids(self):
        self._delete()
        rows = [self._row(VID, self.card_type), self._row(OTHER_VID, self.card_type)]
        ids = self.env["g2p.reg.id"]
        self.assertEqual(ids._holders_of_gone(rows), {})
        self._hold_vids_too(self.card_type)
        self.assertEqual(ids._holders_of_gone(rows), {0: self.person.id})
        [token] = ids._tokens_of_gone(rows).values()
        self.assertEqual(
            ids._holders_of_gone([self._row(token, self.card_type)]), {0: self.person.id}
        )

    def test_other_changes_of_an_id_are_free(self):
        self._delete()
        row = self._add_id(self.person, OTHER_VID)
        row.write({"value": OTHER_VID, "status": "valid", "description": "Seen"})
        self.assertEqual(row.status, "valid")

    # -- whose it was ----------------------------------------------------------------------------

    def test_it_is_known_whose_it_was(self):
        self._delete()
        self.assertEqual(self._holders(OTHER_VID, VID), {1: self.person.id})
        self.assertEqual(
            self.env["g2p.reg.id"]._find_gone([self._row(OTHER_VID), self._row(VID)]), {1}
        )

    def test_it_stays_gone_when_the_person_is_deleted(self):
        self._delete()
        self.person.unlink()
        self.assertEqual(self._holders(VID), {0: None})

    def test_whoever_is_left_of_two_people_held_the_vids_of_both(self):
        self._delete()
        other = self._person("BEN")
        self.env["base.partner.merge.automatic.wizard"]._merge((self.person | other).ids, other)
        self.assertFalse(self.person.exists())
        self.assertEqual(self._holders(VID), {0: other.id})
        self.assertEqual(
            self.env["g2p.reg.id"]._gone_types(other.ids), {other.id: {self.vid_type.id}}
        )

    def test_nothing_of_a_type_is_remembered_when_the_type_is_deleted(self):
        self._delete()
        self.gone._remember([(self.card_type.id, VID)])
        self.vid_type.unlink()
        self.assertEqual(self.gone.search([]).id_type, self.card_type)

    def test_pairs_alone_are_remembered_too(self):
        self.gone._remember([(self.vid_type.id, OTHER_VID)])
        self.assertEqual(self._holders(OTHER_VID), {0: None})

    def test_remembering_again_keeps_whose_it_was_and_lasts_longer(self):
        self._delete()
        row = self.gone.search([("partner_id", "=", self.person.id)])
        row.expires_at = row.gone_at
        self.gone._remember([(self.vid_type.id, VID)])
        self.assertEqual(self._holders(VID), {0: self.person.id})
        self.assertGreater(row.expires_at, row.gone_at)

    # -- what is kept ----------------------------------------------------------------------------

    def test_the_vid_itself_is_not_kept(self):
        self._delete()
        self.cr.execute("SELECT t::text FROM g2p_mts_vid_gone t")
        texts = [text for (text,) in self.cr.fetchall()]
        self.assertTrue(texts)
        self.assertFalse([text for text in texts if VID in text])

    def test_it_is_forgotten_when_it_expires(self):
        self.env["ir.config_parameter"].set_param("g2p_mts.vid_gone_days", "30")
        self._delete()
        row = self.gone.search([("partner_id", "=", self.person.id)])
        self.assertEqual(row.expires_at - row.gone_at, timedelta(days=30))
        row.expires_at = row.gone_at - timedelta(days=1)
        self.assertEqual(self._holders(VID), {})
        self.gone._gc_expired()
        self.assertFalse(row.exists())

    def test_a_period_that_is_no_number_of_days_is_five_years(self):
        for text in ("0", "-3", "soon", ""):
            self.env["ir.config_parameter"].set_param("g2p_mts.vid_gone_days", text)
            self.assertEqual(self.gone._kept_days(), 1825)

    def test_statements_do_not_depend_on_how_many_vids_there_are(self):
        pairs = [(self.vid_type.id, f"58130762{n:08}") for n in range(2000)]
        rows = [{"id_type": id_type, "value": value} for id_type, value in pairs]
        # What is read once and cached is read now.
        self.gone._remember(pairs[:1])
        self.env["g2p.reg.id"]._find_gone(rows[:1])
        for first, last in ((1, 3), (3, 2000)):
            # The insertion, and a savepoint around it.
            with self.assertQueryCount(3):
                self.gone._remember(pairs[first:last])
            with self.assertQueryCount(2):
                found = self.env["g2p.reg.id"]._find_gone(rows[first:last])
            self.assertEqual(len(found), last - first)

    def test_what_is_known_does_not_keep_others_from_being_remembered(self):
        self._delete()
        self.gone._remember([(self.vid_type.id, OTHER_VID), (self.vid_type.id, VID)])
        self.assertEqual(self._holders(VID, OTHER_VID), {0: self.person.id, 1: None})
        self.assertEqual(self.gone.search_count([("id_type", "=", self.vid_type.id)]), 2)

    # -- keys ------------------------------------------------------------------------------------

    def test_a_key_of_the_server_goes_before_the_one_in_the_database(self):
        with self._configured(NEW):
            self._delete()
            self.assertEqual(self._holders(VID), {0: self.person.id})
        self.assertEqual(self._holders(VID), {}, "without the key nobody recognises a VID")

    def test_vids_of_older_keys_are_recognised_after_a_change_of_keys(self):
        self._delete()
        with self._configured(OLD):
            self.gone._remember({(self.vid_type.id, OTHER_VID): self.person.id})
        with self._configured(f"{NEW},{OLD}"):
            self.assertEqual(self.gone._keys().current, "new")
            self.assertEqual(set(self._holders(VID, OTHER_VID)), {0, 1})

    def test_keys_that_cannot_be_read_stop_everything_in_words(self):
        for text in ("secret", "new:short", f"{NEW},{NEW}", f"{NEW},", "database:" + "d" * 40):
            with self._configured(text), self.assertRaises(UserError) as caught:
                self._add_id(self.person, OTHER_VID, self.card_type)
            self.assertIn("G2P_MTS_VID_KEYS", str(caught.exception))
            self.assertNotIn("n" * 40, str(caught.exception))

    def test_installing_makes_a_key_and_upgrading_keeps_it(self):
        parameters = self.env["ir.config_parameter"]
        before = parameters.get_param(vid_keys.PARAMETER)
        self.assertGreaterEqual(len(before), 64)
        self.gone.init()
        self.assertEqual(parameters.get_param(vid_keys.PARAMETER), before)

    # -- what the page of the rule says -----------------------------------------------------------

    def _page(self):
        officer = self.env["res.users"].search([("login", "=", "memory_officer")])
        officer = officer or new_test_user(
            self.env, "memory_officer", groups="g2p_mts.group_mts_officer"
        )
        return self.env["g2p.mts.vid.rule"].with_user(officer).new({})

    def test_the_page_says_that_the_key_is_in_the_database(self):
        page = self._page()
        self.assertIn("kept in this database", page.memory_warning)
        self.assertIn("1825 days", page.memory_words)

    def test_the_page_names_the_key_in_use_and_says_what_can_come_back(self):
        before = self._page().memory_words
        with self._configured(OLD):
            self._delete()
        with self._configured(NEW):
            page = self._page()
            self.assertIn("“new”", page.memory_words)
            self.assertIn("(old): they can come back", page.memory_warning)
            self.assertNotIn("n" * 40, page.memory_words)
        with self._configured(f"{NEW},{OLD}"):
            self.assertFalse(self._page().memory_warning)
        self.assertNotEqual(self._page().memory_words, before)

    def test_the_page_says_when_keys_cannot_be_read(self):
        with self._configured("secret"):
            self.assertIn("G2P_MTS_VID_KEYS", self._page().memory_warning)

    # -- whom it is closed to --------------------------------------------------------------------

    def test_nobody_reads_it(self):
        self._delete()
        for group in ("base.group_system", "g2p_mts.group_mts_officer", "base.group_user"):
            user = new_test_user(self.env, f"reader {group}", groups=group)
            gone = self.gone.with_user(user)
            for method in ("read", "write", "create", "unlink"):
                self.assertFalse(gone.has_access(method), f"{group} {method}")
            with self.assertRaises(AccessError):
                gone.search_read([], ["key_name"])

    # -- the sweep -------------------------------------------------------------------------------

    def test_an_id_of_another_type_with_that_value_goes_and_stays_gone(self):
        self._add_id(self.person, VID, self.card_type)
        found = sweep(self.env, self._delete())
        self.assertEqual(found, {"other_id": 1})
        self.assertFalse(self.person.reg_ids)
        with self.assertRaises(ValidationError):
            self._add_id(self.person, VID, self.card_type)

    def test_somebody_elses_id_is_left_and_counted(self):
        other = self._add_id(self._person("BEN"), VID, self.card_type)
        self.assertEqual(sweep(self.env, self._delete()), {"left_id_of_another": 1})
        self.assertEqual(other.value, VID)

    def test_an_id_that_is_to_be_kept_is_kept(self):
        row = self._add_id(self.person, VID, self.token_type)
        self.assertEqual(sweep(self.env, self._delete(), keep=row.ids), {})
        self.assertTrue(row.exists())

    def test_somebody_elses_id_is_counted_even_if_it_is_to_be_kept(self):
        row = self._add_id(self._person("BEN"), VID, self.token_type)
        found = sweep(self.env, self._delete(), keep=row.ids)
        self.assertEqual((found, row.value), ({"left_id_of_another": 1}, VID))
