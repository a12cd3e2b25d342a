from odoo.tests import tagged

from .common import ImporterCase
from .people import CARD, household, identifier, person


@tagged("post_install", "-at_install")
class TestIgnoredMembers(ImporterCase):
    """A member ignored by decision is left alone; the others of the household come and go."""

    def setUp(self):
        super().setUp()
        self.importer.import_registrant_without_id = True
        self.foreign = self._registrant("N-9", is_group=True)
        self.people = [person(f"p{n}", f"OTIENO, AMARA {n}", f"N-{n}") for n in (1, 2, 9)]
        self.decide(self._import("p1", "p2", "p9").issue_ids, "ignore")
        self.home = self.holder("C-1")

    def _registrant(self, value, **vals):
        ids = {"id_type": self.national.id, "value": value}
        return self.env["res.partner"].create(
            {"name": "Known here", "is_registrant": True, "reg_ids": [(0, 0, ids)], **vals}
        )

    def _import(self, *members):
        home = household("h1", "Otieno household", "C-1", members)
        return self.import_records(*self.people, home)

    def _current(self):
        return self.rows(self.home).filtered(lambda row: not row.is_ended).individual

    def test_who_left_the_household_has_left_it_here_too(self):
        run = self._import("p1", "p9")
        self.assertEqual((run.state, run.member_ended_count), ("done", 1))
        self.assertCodes(run, "ignored")
        self.assertEqual(self._current(), self.holder("N-1"))

    def test_whom_the_ignored_record_may_mean_has_not_left(self):
        """Somebody whom the import brought once, and who is now ignored by his ID."""
        ids = [identifier(CARD, "C-9"), identifier("Test National ID", "N-2")]
        self._registrant("C-8").reg_ids = [(0, 0, {"id_type": self.card.id, "value": "C-9"})]
        self.people[1] = person("p2", "OTIENO, AMARA 2", reg_ids=ids)
        self.decide(self._import("p1", "p2").issue_ids, "ignore")
        run = self._import("p1", "p2")
        self.assertEqual((run.state, run.member_ended_count), ("done", 0))
        self.assertEqual(self._current(), self.holder("N-1") | self.holder("N-2"))

    def test_nor_has_who_is_known_by_his_name_alone(self):
        self.people.append(person("p3", "OTIENO, NEEMA", birthdate="2019-09-09"))
        self._import("p1", "p2", "p3")
        self.people[-1] = person("p3", "OTIENO, NEEMA", "N-9", birthdate="2019-09-09")
        run = self._import("p1", "p3")
        self.assertEqual((run.state, run.member_ended_count), ("done", 1))
        self.assertEqual(set(self._current().mapped("name")), {"OTIENO, AMARA 1", "OTIENO, NEEMA"})

    def test_of_a_place_without_a_person_it_is_told_that_nobody_leaves_meanwhile(self):
        run = self._import("p1", None)
        self.assertEqual((run.state, run.member_ended_count), ("done", 0))
        self.assertCodes(run, "member_without_individual")
        self.assertIn("nobody is taken to have left", run.issue_ids.reason)
        run = self._import("p1")
        self.assertEqual(run.member_ended_count, 1)
