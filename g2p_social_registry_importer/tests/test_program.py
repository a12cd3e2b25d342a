from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common import ImporterCase
from .people import families, household


@tagged("post_install", "-at_install")
class TestProgram(ImporterCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        programs = cls.env["g2p.program"].create(
            [
                {"name": "Test Winter Fuel", "target_type": "group"},
                {"name": "Test Old-Age Grant", "target_type": "individual"},
            ]
        )
        cls.fuel, cls.grant = programs
        cls.importer.target_program = cls.fuel

    def _members(self):
        return self.env["g2p.program_membership"].search([("program_id", "=", self.fuel.id)])

    def test_b22_a_disabled_household_is_updated_but_not_enrolled(self):
        self.importer.target_program = False
        self.import_records(*families(2, size=1))
        self.holder("C-0")._disable_registrant("Test")
        self.importer.target_program = self.fuel
        run = self.change_and_import({"key": "h0", "address": "Kilima Road 4"})
        self.assertOutcome(run, updated=1, unchanged=1)
        self.assertEqual(self._members().partner_id, self.holder("C-1"))
        self.assertEqual(self.holder("C-0").address, "Kilima Road 4")

    def test_a_household_that_is_known_already_is_enrolled_too(self):
        self.importer.target_program = False
        self.import_records(*families(1, size=1))
        self.importer.target_program = self.fuel
        self.assertOutcome(self.run_import(), unchanged=1)
        self.assertEqual(self._members().partner_id, self.holder("C-0"))

    def test_a_membership_in_any_state_is_left_alone(self):
        states = ["enrolled", "paused", "exited", "not_eligible", "duplicated"]
        self.import_records(*families(len(states), size=1))
        for membership, state in zip(self._members().sorted("id"), states, strict=True):
            membership.state = state
        run = self.change_and_import(*({"key": f"h{n}", "address": "Mto 11"} for n in range(5)))
        self.assertOutcome(run, updated=5)
        self.assertEqual(self._members().sorted("id").mapped("state"), states)

    def test_a_conflict_is_not_enrolled(self):
        self.env["res.partner"].create(
            {
                "name": "A person",
                "is_registrant": True,
                "reg_ids": [(0, 0, {"id_type": self.card.id, "value": "C-1"})],
            }
        )
        self.import_records(household("h1", "Otieno household", "C-1"))
        self.assertFalse(self._members())

    def test_b22_an_ended_programme_is_refused_at_the_start(self):
        self.fuel.end_program()
        with self.assertRefused("has ended"):
            self.start()
        self.assertFalse(self.importer.run_ids)

    def test_a_programme_that_ends_during_the_run_leaves_it_incomplete(self):
        self.social_registry.put_registrants(families(2, size=1))
        run = self.start()
        self.fuel.end_program()
        self.queue.work_off()
        self.assertOutcome(run, "incomplete", created=2)
        self.assertCodes(run, "enrolment_refused")
        self.assertIn("has ended", run.issue_ids.reason)
        self.assertFalse(run.issue_ids.record_number)
        self.assertFalse(self._members())
        self.assertFalse(self.importer.last_sync_date)

    def test_after_it_is_reactivated_the_next_run_enrols_everybody(self):
        self.social_registry.put_registrants(families(2, size=1))
        self.start()
        self.fuel.end_program()
        self.queue.work_off()
        self.fuel.reactivate_program()
        self.assertOutcome(self.run_import(), unchanged=2)
        self.assertEqual(len(self._members()), 2)

    def test_b22_a_programme_for_people_is_refused_for_an_import_of_households(self):
        with self.assertRefused("not for the target registry", ValidationError):
            self.importer.target_program = self.grant
        with self.assertRefused("not for the target registry", ValidationError):
            self.importer.target_registry = "individual"

    def test_the_form_empties_the_programme_when_the_target_changes(self):
        with Form(self.importer.with_user(self.manager)) as form:
            form.target_registry = "individual"
            self.assertFalse(form.target_program)
            form.target_program = self.grant
        self.assertEqual(self.importer.target_program, self.grant)
