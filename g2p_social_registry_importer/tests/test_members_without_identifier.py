from odoo.fields import Date
from odoo.tests import tagged

from .common import ImporterCase
from .people import household, person


@tagged("post_install", "-at_install")
class TestMembersWithoutIdentifier(ImporterCase):
    """A member without ID is recognised inside the household, by name and birth date."""

    def _import(self, *people, kinds=()):
        """Import one household of these people, whatever was in it before."""
        members = [(one["key"], *kinds) for one in people]
        return self.change_and_import(
            *people, household("h1", "Otieno household", "C-1", members=members)
        )

    def _people(self):
        return self.rows(self.holder("C-1")).individual

    def _current(self):
        return self.rows(self.holder("C-1")).filtered(lambda row: not row.is_ended).individual

    def test_the_same_name_and_birth_date_is_the_same_person(self):
        self._import(person("p1", "OTIENO, AMARA", birthdate="2015-01-02"))
        amara = self._people()
        run = self._import(
            person("p1", "Otieno,  Amara", birthdate="2015-01-02", address="Kilima Road 4")
        )
        self.assertOutcome(run, updated=1)
        self.assertEqual((run.member_updated_count, run.member_created_count), (1, 0))
        self.assertEqual(self._people(), amara)
        self.assertEqual(amara.address, "Kilima Road 4")

    def test_another_birth_date_is_another_person(self):
        self._import(person("p1", "OTIENO, AMARA", birthdate="2015-01-02"))
        run = self._import(person("p1", "OTIENO, AMARA", birthdate="2020-03-04"))
        self.assertEqual((run.member_created_count, run.member_ended_count), (1, 1))
        self.assertEqual(self._current().birthdate, Date.to_date("2020-03-04"))

    def test_the_same_name_in_another_household_is_another_person(self):
        amara = {"name": "OTIENO, AMARA", "birthdate": "2015-01-02"}
        run = self.import_records(
            person("p1", **amara),
            person("p2", **amara),
            household("h1", "Otieno household", "C-1", ["p1"]),
            household("h2", "Other Otieno household", "C-2", ["p2"]),
        )
        self.assertOutcome(run, created=2)
        self.assertEqual(run.member_created_count, 2)
        self.assertFalse(self._people() & self.rows(self.holder("C-2")).individual)

    def test_twins_of_one_name_are_paired_and_stay_two(self):
        twins = [person(f"p{i}", "OTIENO, AMARA", birthdate="2015-01-02") for i in (1, 2)]
        self._import(*twins)
        both = self._people()
        self.assertEqual(len(both), 2)
        run = self._import(*({**twin, "address": "Kilima Road 4"} for twin in twins))
        self.assertOutcome(run, updated=1)
        self.assertFalse(run.issue_ids)
        self.assertEqual(self._people(), both)
        self.assertEqual(set(both.mapped("address")), {"Kilima Road 4"})

    def test_one_of_two_twins_left_nobody_can_tell_which(self):
        twins = [person(f"p{i}", "OTIENO, AMARA", birthdate="2015-01-02") for i in (1, 2)]
        self._import(*twins)
        both = self._people()
        run = self._import({**twins[0], "address": "Kilima Road 4"})
        self.assertCodes(run, "member_ambiguous")
        self.assertEqual(run.member_ended_count, 0)
        self.assertEqual(self._current(), both)
        self.assertFalse(any(both.mapped("address")))

    def test_a_third_of_one_name_is_ambiguous_and_reported_for_each(self):
        twins = [person(f"p{i}", "OTIENO, AMARA", birthdate="2015-01-02") for i in (1, 2, 3)]
        self._import(*twins[:2])
        run = self._import(*twins)
        self.assertCodes(run, *["member_ambiguous"] * 3)
        self.assertEqual(len(self._people()), 2)

    def test_a_member_who_gained_an_id_is_not_doubled(self):
        self._import(person("p1", "OTIENO, AMARA", birthdate="2015-01-02"))
        amara = self._people()
        run = self._import(person("p1", "OTIENO, AMARA", "N-1", birthdate="2015-01-02"))
        self.assertOutcome(run, updated=1)
        self.assertEqual(self._people(), amara)
        self.assertEqual(self.holder("N-1"), amara)

    def test_a_member_who_lost_the_id_is_not_doubled(self):
        self._import(person("p1", "OTIENO, AMARA", "N-1", birthdate="2015-01-02"))
        amara = self._people()
        run = self._import(person("p1", "OTIENO, AMARA", birthdate="2015-01-02"))
        self.assertOutcome(run, updated=1)
        self.assertEqual(self._people(), amara)
        self.assertTrue(amara.reg_ids.gone_at_source)

    def test_a_member_with_another_id_is_another_person(self):
        self._import(person("p1", "OTIENO, AMARA", "N-1", birthdate="2015-01-02"))
        run = self._import(person("p2", "OTIENO, AMARA", "N-2", birthdate="2015-01-02"))
        self.assertEqual((run.member_created_count, run.member_ended_count), (1, 1))
        self.assertNotEqual(self.holder("N-1"), self.holder("N-2"))

    def test_a_member_who_is_gone_and_back_is_reopened_and_not_doubled(self):
        amara = person("p1", "OTIENO, AMARA", birthdate="2015-01-02")
        other = person("p2", "OTIENO, BARAKA", "N-2")
        self._import(amara, other)
        everybody = self._people()
        self.assertEqual(self._import(other).member_ended_count, 1)
        run = self._import(amara, other)
        self.assertEqual((run.member_created_count, run.member_updated_count), (0, 1))
        self.assertEqual(self._people(), everybody)
        self.assertEqual(self._current(), everybody)

    def test_a_person_put_here_by_hand_is_recognised(self):
        self._import(person("p1", "OTIENO, AMARA", "N-1"))
        neema = self.env["res.partner"].create(
            {"name": "NEEMA", "is_registrant": True, "birthdate": "2019-09-09"}
        )
        self.env["g2p.group.membership"].create(
            {"group": self.holder("C-1").id, "individual": neema.id}
        )
        run = self._import(
            person("p1", "OTIENO, AMARA", "N-1"),
            person("p2", "NEEMA", birthdate="2019-09-09", address="Kilima Road 4"),
        )
        self.assertEqual(run.member_created_count, 0)
        self.assertEqual(neema.address, "Kilima Road 4")
