from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import RegistryCase


@tagged("post_install", "-at_install")
class TestMerge(RegistryCase):
    """Who turns out to be one registrant is merged without an error or a loss."""

    def setUp(self):
        super().setUp()
        self.one, self.other = self._registrants(2)

    def merge(self):
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((self.one + self.other).ids, self.one)

    def test_ids_of_both_are_kept(self):
        self._add_id(self.one, "1")
        self._add_id(self.other, "C-1", self.card)
        self.merge()
        self.assertFalse(self.other.exists())
        self.assertEqual(set(self.one.reg_ids.mapped("value")), {"1", "C-1"})

    def test_who_may_not_change_registrants_does_not_merge_them(self):
        group = "base.group_partner_manager"
        manager = new_test_user(self.env, "test_contact_manager", groups=group)
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(manager)
        with self.assertRaises(AccessError):
            wizard._merge((self.one + self.other).ids, self.one.with_user(manager))
        self.assertTrue(self.other.exists())

    def test_which_of_two_ids_of_one_type_is_right_is_not_guessed(self):
        self._add_id(self.one, "4711471147")
        self._add_id(self.other, "4811481148")
        with self.assertRaisesRegex(UserError, "Test National ID") as caught:
            self.merge()
        self.assertNotRegex(str(caught.exception), "[0-9]{5}")
        self.assertTrue(self.other.exists())

    def test_a_household_is_no_person(self):
        self.other.is_group = True
        with self.assertRaisesRegex(UserError, "cannot be merged"):
            self.merge()

    def test_what_they_were_to_each_other_goes_and_what_they_are_to_others_stays(self):
        [third] = self._registrants(1)
        kind = self.env["g2p.relationship"].create({"name": "Test Sibling", "name_inverse": "Sib"})
        self.env["g2p.reg.rel"].create(
            [
                {"source": self.one.id, "destination": self.other.id, "relation": kind.id},
                {"source": self.other.id, "destination": third.id, "relation": kind.id},
            ]
        )
        self.merge()
        self.assertEqual(
            self.env["g2p.reg.rel"].search([("source", "=", self.one.id)]).destination, third
        )
