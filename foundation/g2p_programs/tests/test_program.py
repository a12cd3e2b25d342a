from odoo.exceptions import UserError, ValidationError
from odoo.fields import Date, Datetime
from odoo.tests import Form, freeze_time, tagged

from .common import ProgramCase


@tagged("post_install", "-at_install")
class TestProgram(ProgramCase):
    def test_form_creates_a_program(self):
        form = Form(self.env["g2p.program"])
        form.name = "Seeds and Tools"
        program = form.save()
        self.assertRecordValues(
            program,
            [
                {
                    "state": "active",
                    "target_type": "group",
                    "active": True,
                    "locked": False,
                    "have_members": False,
                    "company_id": self.env.company.id,
                }
            ],
        )

    def test_end_and_reactivate(self):
        with freeze_time("2026-05-02 09:00:00"):
            self.for_groups.end_program()
            self.env.flush_all()
        self.assertRecordValues(
            self.for_groups, [{"state": "ended", "date_ended": Date.to_date("2026-05-02")}]
        )
        self.for_groups.end_program()
        self.assertEqual(self.for_groups.date_ended, Date.to_date("2026-05-02"))
        self.for_groups.reactivate_program()
        self.assertRecordValues(self.for_groups, [{"state": "active", "date_ended": False}])

    def test_counts(self):
        rows = self.for_groups._enrol(self.households, state="enrolled")
        rows[1].state = "duplicated"
        rows[2].state = "exited"
        self.assertRecordValues(
            self.for_groups | self.for_people,
            [
                {
                    "beneficiaries_count": 3,
                    "eligible_beneficiaries_count": 1,
                    "duplicate_membership_count": 1,
                    "have_members": True,
                },
                {
                    "beneficiaries_count": 0,
                    "eligible_beneficiaries_count": 0,
                    "duplicate_membership_count": 0,
                    "have_members": False,
                },
            ],
        )

    def test_have_members_goes_when_the_last_one_goes(self):
        rows = self.for_groups._enrol(self.households)
        rows[1:].unlink()
        self.assertTrue(self.for_groups.have_members)
        rows[0].unlink()
        self.assertFalse(self.for_groups.have_members)

    def test_an_archived_program_knows_its_members_too(self):
        self.for_groups.active = False
        self.assertFalse(self.for_groups.have_members)
        self.for_groups.active = True
        self.for_groups._enrol(self.households[0])
        self.for_groups.active = False
        self.env.add_to_compute(self.for_groups._fields["have_members"], self.for_groups)
        self.assertTrue(self.for_groups.have_members)

    def test_have_members_and_counts_cost_one_query_each_for_many_programs(self):
        programs = self.env["g2p.program"].create([{"name": str(n)} for n in range(12)])
        for program in programs:
            program._enrol(self.households[0])
        self.env.flush_all()
        self.env.invalidate_all()
        programs.mapped("name")
        with self.assertQueryCount(1):
            programs.mapped("beneficiaries_count")
        with self.assertQueryCount(1):
            self.env.add_to_compute(programs._fields["have_members"], programs)
            programs.flush_recordset()

    def test_a_program_without_members_can_be_deleted(self):
        (self.for_groups | self.for_people).unlink()
        self.assertFalse((self.for_groups | self.for_people).exists())

    def test_a_program_with_members_is_kept(self):
        self.for_groups._enrol(self.households[0])
        with self.assertRaisesRegex(UserError, "End it, or archive it"):
            (self.for_people | self.for_groups).unlink()

    def test_members_hidden_by_rules_protect_their_program_too(self):
        self.for_groups._enrol(self.households[0])
        self.households[0].disabled = Datetime.now()
        with self.assertRaises(UserError):
            self.for_groups.with_user(self.env.ref("base.user_admin")).unlink()

    def test_target_type_cannot_change_with_members(self):
        self.for_groups._enrol(self.households[0])
        with self.assertRaisesRegex(ValidationError, "target type"):
            (self.for_groups | self.for_people).target_type = "individual"
        self.for_people.target_type = "group"

    def test_a_copy_starts_afresh(self):
        program = self._create_program("P", state="ended", locked=True, locked_reason="x")
        self.assertRecordValues(
            program.copy(),
            [{"state": "active", "date_ended": False, "locked": False, "locked_reason": False}],
        )

    def test_button_lists_the_beneficiaries_of_this_program(self):
        rows = self.for_groups._enrol(self.households)
        self.for_people._enrol(self.people)
        action = self.for_groups.action_open_beneficiaries()
        self.assertEqual(self.env[action["res_model"]].search(action["domain"]), rows[::-1])
