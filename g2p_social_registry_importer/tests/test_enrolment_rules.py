from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common import ImporterCase
from .people import families


@tagged("post_install", "-at_install")
class TestEnrolmentRules(ImporterCase):
    """Who is enrolled by an import, where, and as what."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Another ministry"})
        cls.fuel, cls.theirs, cls.everybodys = cls.env["g2p.program"].create(
            [
                {"name": "Test Winter Fuel"},
                {"name": "Test of Others", "company_id": cls.company.id},
                {"name": "Test of All", "company_id": False},
            ]
        )

    def setUp(self):
        super().setUp()
        self.social_registry.put_registrants(families(2, size=1))

    def _members(self, program):
        return self.env["g2p.program_membership"].search([("program_id", "=", program.id)])

    # -- companies -------------------------------------------------------------------------------

    def test_a_programme_of_another_company_is_refused(self):
        with self.assertRefused("another company", ValidationError):
            self.importer.target_program = self.theirs
        self.importer.target_program = self.everybodys
        self.run_import()
        self.assertEqual(len(self._members(self.everybodys)), 2)

    def test_a_programme_does_not_move_away_from_its_imports(self):
        self.importer.write({"target_program": self.fuel.id, "active": False})
        with self.assertRefused("another company", ValidationError):
            self.fuel.company_id = self.company
        with self.assertRefused("not for the target registry", ValidationError):
            self.fuel.target_type = "individual"
        with self.assertRefused("another company", ValidationError):
            self.importer.company_id = self.company

    def test_an_import_that_was_set_up_so_before_does_not_start(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE g2p_fetch_social_registry_beneficiary SET target_program = %s WHERE id = %s",
            [self.theirs.id, self.importer.id],
        )
        self.env.invalidate_all()
        with self.assertRefused("another company"):
            self.start()
        self.assertFalse(self.importer.run_ids)

    # -- who is archived -------------------------------------------------------------------------

    def test_who_is_archived_here_is_not_enrolled_and_told_of(self):
        self.run_import()
        archived = self.holder("C-0")
        archived.active = False
        self.importer.target_program = self.fuel
        run = self.change_and_import({"key": "h0", "address": "Kilima Road 4"})
        self.assertOutcome(run, updated=1, unchanged=1)
        self.assertEqual(self._members(self.fuel).partner_id, self.holder("C-1"))
        self.assertFalse(archived.active)
        self.assertCodes(run, "archived_here")
        self.assertEqual(run.issue_ids.registrant_id, archived)
        self.assertIn("Restore the registrant", run.issue_ids.reason)
        archived.active = True
        self.run_import()
        self.assertEqual(len(self._members(self.fuel)), 2)

    # -- as what ---------------------------------------------------------------------------------

    def _may_manage_programs(self):
        self.manager.group_ids += self.env.ref("g2p_programs.g2p_program_manager")

    def _choose_enrolled(self):
        with Form(self.importer.with_user(self.manager)) as form:
            form.target_program = self.fuel
            form.enrolment_state = "enrolled"

    def test_people_are_enrolled_as_chosen(self):
        self._may_manage_programs()
        self._choose_enrolled()
        run = self.run_import()
        self.assertEqual(self._members(self.fuel).mapped("state"), ["enrolled"] * 2)
        self.assertEqual(self._members(self.fuel).import_run_id, run)

    def test_only_who_manages_programmes_enrols_people_at_once(self):
        with self.assertRefused("Only who manages programmes", ValidationError):
            self._choose_enrolled()
        self._may_manage_programs()
        self._choose_enrolled()

    def test_a_run_goes_on_as_it_began(self):
        run = self.start()
        self.importer.write({"enrolment_state": "enrolled"})
        self.queue.work_off()
        self.assertEqual(run._enrols_as(), "draft")

    def test_undoing_takes_back_whom_it_enrolled_at_once_but_not_who_was_decided_on(self):
        self.importer.write({"target_program": self.fuel.id, "enrolment_state": "enrolled"})
        run = self.run_import()
        decided, other = self._members(self.fuel)
        decided.state = "paused"
        kept = decided.partner_id
        run.with_user(self.manager).action_undo()
        self.queue.work_off()
        self.assertFalse(other.exists())
        self.assertEqual((decided.state, kept.active), ("paused", True))
        self.assertIn("in_use_since", run.issue_ids.mapped("code"))
