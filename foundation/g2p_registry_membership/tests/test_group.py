from odoo.tests import Form, tagged

from .common import MembershipCase


@tagged("post_install", "-at_install")
class TestGroup(MembershipCase):
    def test_members_in_use_are_counted(self):
        memberships = self._join(self.one + self.two + self.three)
        self.assertEqual(self.household.z_ind_grp_num_individuals, 3)
        memberships[0].end_membership()
        self.assertEqual(self.household.z_ind_grp_num_individuals, 2)
        self.two._disable_registrant("Moved away")
        self.assertEqual(self.household.z_ind_grp_num_individuals, 1)
        self.two.enable_registrant()
        memberships[0].reopen_membership()
        memberships[2].unlink()
        self.assertEqual(self.household.z_ind_grp_num_individuals, 2)

    def test_count_is_stored(self):
        self._join(self.one + self.two)
        found = self.partners.search([("z_ind_grp_num_individuals", "=", 2)])
        self.assertIn(self.household, found)

    def test_persons_have_no_members(self):
        self._join(self.one)
        self.assertEqual(self.one.z_ind_grp_num_individuals, 0)

    def test_head_follows_the_memberships(self):
        self.assertFalse(self.household.head_id)
        membership = self._join(self.one, self.head)
        self.assertEqual(self.household.head_id, self.one)
        membership.end_membership()
        self.assertFalse(self.household.head_id)

    def test_heads_of_a_list_are_read_together(self):
        households = self._registrants(30, is_group=True)
        for household, person in zip(households, self._registrants(30), strict=True):
            self._join(person, self.head, household)
        self.env.flush_all()
        self.env.invalidate_all()
        self.env.ref("g2p_registry_membership.group_membership_kind_head")
        self.assertLessEqual(self._queries(lambda: households.mapped("head_id")), 3)

    def test_registrant_with_memberships_keeps_its_type(self):
        self._join(self.one)
        for vals in ({"is_group": True}, {"is_registrant": False}):
            with self.assertRefused("cannot change its type"):
                (self.two + self.one).write(vals)
        with self.assertRefused("cannot change its type"):
            self.household.is_group = False
        self.two.is_group = True

    def test_form_adds_members(self):
        household = self.household.with_user(self.registrar)
        with Form(household, view="g2p_registry_group.view_groups_form") as form:
            with form.group_membership_ids.new() as member:
                member.individual = self.one
                member.kind.add(self.head)
            with form.group_membership_ids.new() as member:
                member.individual = self.two
        self.assertEqual(household.head_id, self.one)
        self.assertEqual(household.z_ind_grp_num_individuals, 2)

    def test_form_of_a_person_shows_the_groups(self):
        self._join(self.one)
        person = self.one.with_user(self.registrar)
        with Form(person, view="g2p_registry_individual.view_individuals_form") as form:
            self.assertEqual(len(form.individual_membership_ids), 1)
