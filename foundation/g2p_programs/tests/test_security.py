from odoo.exceptions import AccessError
from odoo.fields import Datetime
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged

from .common import ProgramCase

MODELS = ("g2p.program", "g2p.program_membership", "g2p.assign.program.wizard")


@tagged("post_install", "-at_install")
class TestSecurity(ProgramCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rows = cls.for_groups._enrol(cls.households)
        roles = {
            "manager": "g2p_programs.g2p_program_manager",
            "validator": "g2p_programs.g2p_program_validator",
            "approver": "g2p_programs.g2p_program_cycle_approver",
            "finance": "g2p_programs.g2p_finance_validator",
            "registrar": "g2p_registry_base.group_g2p_registrar",
            "employee": "base.group_user",
            "portal": "base.group_portal",
            "public": "base.group_public",
        }
        cls.users = {
            role: new_test_user(cls.env, f"test-{role}", groups=group)
            for role, group in roles.items()
        }

    def _rights(self, role, model):
        records = self.env[model].with_user(self.users[role])
        return "".join(
            letter
            for letter, operation in zip("rwcu", ("read", "write", "create", "unlink"), strict=True)
            if records.has_access(operation)
        )

    def test_rights_by_role(self):
        expected = {
            "manager": ("rwcu", "rwcu", "rwcu"),
            "validator": ("r", "rw", ""),
            "approver": ("r", "rw", ""),
            "finance": ("r", "r", ""),
            "registrar": ("r", "r", ""),
            "employee": ("", "", ""),
            "portal": ("", "", ""),
            "public": ("", "", ""),
        }
        for role, rights in expected.items():
            with self.subTest(role):
                self.assertEqual(tuple(self._rights(role, model) for model in MODELS), rights)

    def test_every_acl_row_has_a_group(self):
        rows = self.env["ir.model.access"].search([("model_id.model", "in", MODELS)])
        self.assertFalse(rows.filtered(lambda row: not row.group_id))

    def test_who_may_not_read_programs_does_not_see_them_on_a_registrant(self):
        for role in ("employee", "portal"):
            fields = self.env["res.partner"].with_user(self.users[role]).fields_get()
            self.assertNotIn("program_membership_ids", fields)
            self.assertNotIn("program_membership_count", fields)
        for role in ("manager", "approver", "finance", "registrar"):
            with self.subTest(role):
                household = self.households[0].with_user(self.users[role])
                self.assertEqual(household.program_membership_count, 1)

    def test_enrolling_in_batches_is_closed_to_remote_calls(self):
        with self.assertRaises(AccessError):
            call_kw(self.for_groups, "_enrol", [self.for_groups.ids, self.people.ids], {})

    def test_buttons_do_not_work_without_the_right(self):
        with self.assertRaises(AccessError):
            self.for_groups.with_user(self.users["validator"]).end_program()
        with self.assertRaises(AccessError):
            self.rows.with_user(self.users["finance"]).enroll_eligible_registrants()
        with self.assertRaises(AccessError):
            self.for_groups.with_user(self.users["validator"])._enrol(
                self._create_registrants(["New household"], is_group=True)
            )
        self.rows.with_user(self.users["validator"]).enroll_eligible_registrants()
        self.assertEqual(set(self.rows.mapped("state")), {"enrolled"})

    def test_members_who_are_disabled_are_hidden(self):
        self.households[0].disabled = Datetime.now()
        program = self.for_groups.with_user(self.users["manager"])
        found = self.env["g2p.program_membership"].with_user(self.users["manager"]).search([])
        self.assertEqual(found & self.rows, self.rows[1:])
        self.assertEqual(program.beneficiaries_count, 2)

    def test_a_hidden_membership_still_counts_as_one(self):
        self.households[0].disabled = Datetime.now()
        program = self.for_groups.with_user(self.users["manager"])
        self.assertFalse(program._enrol(self.households))
        self.assertEqual(program._members_among(self.households), self.households)

    def test_programs_of_another_company_and_their_members_are_hidden(self):
        company = self.env["res.company"].create({"name": "Another Ministry"})
        self.for_groups.company_id = company
        manager = self.users["manager"]
        programs = self.env["g2p.program"].with_user(manager).search([])
        self.assertNotIn(self.for_groups, programs)
        self.assertIn(self.for_people, programs)
        memberships = self.env["g2p.program_membership"].with_user(manager)
        self.assertFalse(memberships.search([]) & self.rows)
        self.for_groups.company_id = False
        self.assertEqual(memberships.search([]) & self.rows, self.rows)

    def test_the_registry_administrator_is_a_program_manager(self):
        admin = new_test_user(self.env, "test-admin", groups="g2p_registry_base.group_g2p_admin")
        self.assertTrue(admin.has_group("g2p_programs.g2p_program_manager"))

    def test_a_cycle_approver_is_a_validator(self):
        self.assertTrue(self.users["approver"].has_group("g2p_programs.g2p_program_validator"))
        self.assertFalse(self.users["finance"].has_group("g2p_programs.g2p_program_validator"))
