from datetime import timedelta

from odoo.fields import Datetime
from odoo.tests import tagged

from .people import household, person
from .undo_case import UndoCase


@tagged("post_install", "-at_install")
class TestWhoseMembership(UndoCase):
    """Whoever put a person in a household says when he leaves: a person, or one import."""

    def setUp(self):
        super().setUp()
        self.people = [person("p1", "OTIENO, AMARA", "N-1"), person("p2", "OTIENO, BARAKA", "N-2")]
        self.import_records(*self.people, household("h1", "Otieno household", "C-1", ["p1"]))
        self.home = self.holder("C-1")

    def _have(self, *members, importer=None, address="Kilima Road 4"):
        """Import the household with these members. Returns the run."""
        record = household("h1", "Otieno household", "C-1", members, address=address)
        self.social_registry.put_registrants([*self.people, record])
        return self.run_import(importer)

    def _add_by_hand(self, value, **vals):
        """Make the person with this ID a member, as a registrar does."""
        vals |= {"group": self.home.id, "individual": self.holder(value).id}
        return self.env["g2p.group.membership"].create(vals)

    def _members(self):
        current = self.rows(self.home).filtered(lambda row: not row.is_ended)
        return set(current.individual.reg_ids.mapped("value"))

    def _know_baraka(self):
        """Baraka is here from the same source, and in no household."""
        query = "{ getRegistrants { name regIds { idTypeAsStr value } } }"
        self.run_import(
            self._create_importer(name="People", target_registry="individual", query=query)
        )

    # -- a person's --------------------------------------------------------------------------------

    def test_a_membership_made_by_a_person_survives_though_the_source_knows_the_member(self):
        self._know_baraka()
        self._add_by_hand("N-2")
        self.assertEqual(self._have("p1").member_ended_count, 0)
        self.assertEqual(self._members(), {"N-1", "N-2"})

    def test_a_membership_this_import_made_again_ends_with_the_source(self):
        self._know_baraka()
        self._add_by_hand("N-2").end_membership()
        self._have("p1", "p2")
        self.assertEqual(self._members(), {"N-1", "N-2"})
        self._have("p1", address="Mto Street 11")
        self.assertEqual(self._members(), {"N-1"})

    def test_undoing_gives_a_membership_back_to_whom_it_was(self):
        self._know_baraka()
        row = self._add_by_hand("N-2")
        row.end_membership()
        run = self._have("p1", "p2")
        self.undo(run)
        self.assertTrue(row.is_ended)
        self.assertFalse(row.fetch_social_registry_id or row.data_source_id)

    # -- another import's --------------------------------------------------------------------------

    def test_a_membership_of_another_import_is_left_alone(self):
        other = self._create_importer(name="Other import")
        self._have("p1", "p2", importer=other)
        self.assertEqual(self._have("p1", address="Mto Street 11").member_ended_count, 0)
        self.assertEqual(self._members(), {"N-1", "N-2"})

    def test_who_left_by_the_word_of_one_import_stays_if_another_still_sends_him(self):
        other = self._create_importer(name="Other import")
        self._have("p1", importer=other)
        self.assertEqual(self._have().member_ended_count, 1)
        self._have("p1", importer=other)
        self.assertEqual(self._members(), {"N-1"})
        self.assertEqual(self._have(address="Mto Street 11").member_ended_count, 0)

    def test_a_new_import_takes_over_what_a_deleted_one_of_the_source_brought(self):
        query = self.importer.query
        self.importer.unlink()
        self.importer = self._create_importer(name="New import", query=query)
        self.assertEqual(self._have().member_ended_count, 1)
        self.assertFalse(self._members())

    # -- not begun ---------------------------------------------------------------------------------

    def test_who_leaves_before_the_membership_began_never_was_a_member(self):
        row = self.rows(self.home)
        start = Datetime.now() + timedelta(days=30)
        row.start_date = start
        run = self._have()
        self.assertOutcome(run, updated=1)
        self.assertEqual(run.member_ended_count, 1)
        self.assertTrue(row.is_ended)
        self.assertEqual(row.start_date, row.ended_date)
        self.assertEqual(self.home.z_ind_grp_num_individuals, 0)
        self.undo(run)
        self.assertEqual((row.start_date, row.ended_date), (start, False))
