from odoo.tests import tagged

from .common import ImporterCase
from .people import families, household, person


@tagged("post_install", "-at_install")
class TestChangedMembers(ImporterCase):
    """Who is in a household, and as what, follows the source."""

    def setUp(self):
        super().setUp()
        self.import_records(
            person("p1", "OTIENO, AMARA", "N-1"),
            person("p2", "OTIENO, BARAKA", "N-2"),
            person("p3", "منصور, ليلى", "N-3"),
            household("h1", "Otieno household", "C-1", [("p1", "Head"), "p2"]),
            household("h2", "عائلة منصور", "C-2", [("p3", "Head")]),
        )
        self.home = self.holder("C-1")

    def _members(self, household=None):
        """Current members, as pairs of name and kinds."""
        current = self.rows(household or self.home).filtered(lambda row: not row.is_ended)
        return {(row.individual.name, *row.kind.mapped("name")) for row in current}

    def test_a_new_member_joins(self):
        run = self.change_and_import(
            person("p4", "OTIENO, CHAUSIKU", "N-4"),
            household("h1", "Otieno household", "C-1", [("p1", "Head"), "p2", "p4"]),
        )
        self.assertOutcome(run, updated=1, unchanged=1)
        self.assertEqual((run.member_created_count, run.member_unchanged_count), (1, 3))
        self.assertEqual(
            self._members(), {("OTIENO, AMARA", "Head"), ("OTIENO, BARAKA",), ("OTIENO, CHAUSIKU",)}
        )
        self.assertEqual(self.home.z_ind_grp_num_individuals, 3)

    def test_b20_who_left_is_no_member_any_more_but_stays_on_record(self):
        run = self.change_and_import(household("h1", "Otieno household", "C-1", [("p1", "Head")]))
        self.assertOutcome(run, updated=1, unchanged=1)
        self.assertEqual(run.member_ended_count, 1)
        self.assertEqual(self._members(), {("OTIENO, AMARA", "Head")})
        gone = self.rows(self.home).filtered("is_ended")
        self.assertEqual(gone.individual, self.holder("N-2"))
        self.assertTrue(gone.ended_date)
        self.assertTrue(self.holder("N-2").active)
        self.assertFalse(self.holder("N-2").disabled)

    def test_an_empty_household_has_lost_all_its_members(self):
        run = self.change_and_import(household("h1", "Otieno household", "C-1"))
        self.assertEqual(run.member_ended_count, 2)
        self.assertFalse(self._members())

    def test_who_comes_back_has_the_old_membership_reopened(self):
        self.change_and_import(household("h1", "Otieno household", "C-1", [("p1", "Head")]))
        run = self.change_and_import(
            household("h1", "Otieno household", "C-1", [("p1", "Head"), "p2"])
        )
        self.assertEqual((run.member_created_count, run.member_updated_count), (0, 1))
        self.assertEqual(self._members(), {("OTIENO, AMARA", "Head"), ("OTIENO, BARAKA",)})
        self.assertEqual(len(self.rows(self.home)), 2)

    def test_who_moved_is_one_person_in_the_other_household(self):
        run = self.change_and_import(
            household("h1", "Otieno household", "C-1", [("p1", "Head")]),
            household("h2", "عائلة منصور", "C-2", [("p3", "Head"), "p2"]),
        )
        self.assertOutcome(run, updated=2)
        self.assertEqual(run.member_ended_count, 1)
        self.assertEqual(run.member_created_count, 0)
        self.assertEqual(self._members(), {("OTIENO, AMARA", "Head")})
        other = self._members(self.holder("C-2"))
        self.assertEqual(other, {("منصور, ليلى", "Head"), ("OTIENO, BARAKA",)})
        self.assertEqual(len(self.holder("N-2")), 1)

    def test_the_head_moves_away_and_another_member_becomes_head(self):
        run = self.change_and_import(
            household("h1", "Otieno household", "C-1", [("p2", "Head")]),
            household("h2", "عائلة منصور", "C-2", [("p3", "Head"), "p1"]),
        )
        self.assertOutcome(run, updated=2)
        self.assertEqual(self._members(), {("OTIENO, BARAKA", "Head")})
        self.assertEqual(self.home.head_id, self.holder("N-2"))

    def test_two_members_swap_who_is_head(self):
        run = self.change_and_import(
            household("h1", "Otieno household", "C-1", ["p1", ("p2", "Head")])
        )
        self.assertOutcome(run, updated=1, unchanged=1)
        self.assertEqual(run.member_updated_count, 2)
        self.assertEqual(self._members(), {("OTIENO, AMARA",), ("OTIENO, BARAKA", "Head")})

    def test_the_heads_of_two_households_swap_places(self):
        run = self.change_and_import(
            household("h1", "Otieno household", "C-1", [("p3", "Head"), "p2"]),
            household("h2", "عائلة منصور", "C-2", [("p1", "Head")]),
        )
        self.assertOutcome(run, updated=2)
        self.assertEqual(self._members(), {("منصور, ليلى", "Head"), ("OTIENO, BARAKA",)})
        self.assertEqual(self._members(self.holder("C-2")), {("OTIENO, AMARA", "Head")})

    def test_the_household_has_no_head_any_more(self):
        self.change_and_import(household("h1", "Otieno household", "C-1", ["p1", "p2"]))
        self.assertFalse(self.home.head_id)

    def test_a_member_disabled_here_is_not_doubled_and_still_follows_the_source(self):
        self.holder("N-2")._disable_registrant("Test")
        run = self.change_and_import({"key": "h1", "address": "Mto Street 11"})
        self.assertOutcome(run, updated=1, unchanged=1)
        self.assertEqual(len(self.rows(self.home)), 2)
        run = self.change_and_import(household("h1", "Otieno household", "C-1", [("p1", "Head")]))
        self.assertEqual(run.member_ended_count, 1)

    def test_who_was_added_by_hand_stays(self):
        guest = self.env["res.partner"].create({"name": "NEEMA", "is_registrant": True})
        self.env["g2p.group.membership"].create({"group": self.home.id, "individual": guest.id})
        self.change_and_import(household("h1", "Otieno household", "C-1", [("p1", "Head")]))
        self.assertEqual(self._members(), {("OTIENO, AMARA", "Head"), ("NEEMA",)})

    def test_nobody_is_ended_while_a_place_cannot_be_read(self):
        run = self.change_and_import(
            household("h1", "Otieno household", "C-1", [("p1", "Head"), None])
        )
        self.assertCodes(run, "member_without_individual")
        self.assertEqual(run.member_ended_count, 0)
        self.assertEqual(len(self._members()), 2)
        run = self.change_and_import(household("h1", "Otieno household", "C-1", [("p1", "Head")]))
        self.assertEqual(run.member_ended_count, 1)

    def test_members_of_many_households_change_at_once(self):
        self.import_records(*families(10, size=3))
        moved = [
            household(f"h{n}", f"Household {n}", f"C-{n}", [f"p{n}-1", (f"p{n}-2", "Head")])
            for n in range(10)
        ]
        run = self.change_and_import(*moved)
        self.assertOutcome(run, updated=10)
        self.assertEqual(run.member_ended_count, 10)
        for n in range(10):
            self.assertEqual(self.holder(f"C-{n}").head_id, self.holder(f"N-{n}-2"))
