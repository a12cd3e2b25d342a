from datetime import timedelta

from odoo.fields import Date
from odoo.tests import tagged

from .common import ImporterCase
from .people import household, person


@tagged("post_install", "-at_install")
class TestDaysThatCannotBe(ImporterCase):
    """A day that a rule of the registry here would refuse is left out, and nothing but it."""

    def _import(self, **fields):
        """Import a household of two, of whom one has these fields. Returns the run."""
        run = self.import_records(
            person("p1", "OTIENO, AMARA", "N-1"),
            person("p2", "OTIENO, BARAKA", "N-2", **fields),
            household("h1", "Otieno household", "C-1", ["p1", "p2"]),
        )
        self.assertFalse({"failed", "conflict"} & set(run.issue_ids.mapped("outcome")))
        return run

    def assertLeftOut(self, run, *paths):
        """The run is done, and these fields are all that was left out."""
        self.assertEqual(run.state, "done", run.error)
        self.assertCodes(run, *["invalid_value"] * len(paths))
        self.assertEqual(run.issue_ids.sorted("id").mapped("field_path"), list(paths))

    def test_a_birth_date_to_come_keeps_nobody_of_the_household_out(self):
        run = self._import(birthdate="2190-01-01")
        self.assertOutcome(run, created=1)
        self.assertLeftOut(run, "groupMembershipIds[0].individual.birthdate")
        self.assertIn("in the future", run.issue_ids.reason)
        self.assertEqual(len(self.rows(self.holder("C-1"))), 2)
        self.assertFalse(self.holder("N-2").birthdate)

    def test_a_registration_date_to_come_is_left_out(self):
        run = self._import(registration_date="2190-01-01")
        self.assertLeftOut(run, "groupMembershipIds[0].individual.registrationDate")
        amara, baraka = self.holder("N-1"), self.holder("N-2")
        self.assertEqual(baraka.registration_date, amara.registration_date)

    def test_today_has_come(self):
        today = str(Date.today())
        self.assertLeftOut(self._import(birthdate=today, registration_date=today))
        self.assertEqual(str(self.holder("N-2").birthdate), today)

    def test_who_is_registered_before_being_born_comes_in_without_that_registration_date(self):
        run = self._import(birthdate="2015-01-02", registration_date="2014-01-02")
        self.assertLeftOut(run, "groupMembershipIds[0].individual.registrationDate")
        self.assertEqual(str(self.holder("N-2").birthdate), "2015-01-02")

    def test_a_birth_date_after_the_registration_date_here_is_left_out(self):
        self._import(birthdate="2015-01-02", registration_date="2016-01-02")
        run = self._import(birthdate="2017-01-02", address="Mto Street 11")
        self.assertLeftOut(run, "groupMembershipIds[0].individual.birthdate")
        self.assertRecordValues(
            self.holder("N-2"),
            [{"birthdate": Date.to_date("2015-01-02"), "address": "Mto Street 11"}],
        )

    def test_once_the_registration_date_here_is_corrected_the_birth_date_comes_in(self):
        self._import(birthdate="2015-01-02", registration_date="2016-01-02")
        self._import(birthdate="2017-01-02")
        self.holder("N-2").registration_date = Date.today() - timedelta(days=1)
        self.assertLeftOut(self.run_import())
        self.assertEqual(str(self.holder("N-2").birthdate), "2017-01-02")

    def test_both_days_moved_on_together_come_in(self):
        self._import(birthdate="2015-01-02", registration_date="2016-01-02")
        self.assertLeftOut(self._import(birthdate="2017-01-02", registration_date="2018-01-02"))
        self.assertEqual(str(self.holder("N-2").birthdate), "2017-01-02")
