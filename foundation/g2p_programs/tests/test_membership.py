import psycopg2

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Date, Datetime
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import ProgramCase


@tagged("post_install", "-at_install")
class TestMembership(ProgramCase):
    def _add(self, partner, program, **vals):
        return self.env["g2p.program_membership"].create(
            {"partner_id": partner.id, "program_id": program.id, **vals}
        )

    @mute_logger("odoo.sql_db")
    def test_one_membership_per_person_and_program_in_the_database(self):
        self._add(self.households[0], self.for_groups, state="exited")
        with self.assertRaises(psycopg2.errors.UniqueViolation), self.env.cr.savepoint():
            self._add(self.households[0], self.for_groups)

    def test_does_not_carry_the_columns_of_a_partner(self):
        fields = self.env["g2p.program_membership"]._fields
        self.assertFalse({"email", "phone", "birthdate", "reg_ids"} & set(fields))
        self.assertFalse(self.env["g2p.program_membership"]._inherits)

    def test_defaults_and_related_fields(self):
        membership = self._add(self.people[0], self.for_people)
        self.assertRecordValues(
            membership,
            [
                {
                    "state": "draft",
                    "deduplication_status": "new",
                    "enrollment_date": False,
                    "exit_date": False,
                    "registrant_id": self.people[0].id,
                    "is_group": False,
                    "target_type": "individual",
                    "display_name": self.people[0].name,
                    "company_id": self.for_people.company_id.id,
                }
            ],
        )

    def test_enrolment_date_is_set_once_and_kept(self):
        with freeze_time("2026-03-01 10:00:00"):
            membership = self._add(self.households[0], self.for_groups, state="enrolled")
        first = Datetime.to_datetime("2026-03-01 10:00:00")
        self.assertEqual(membership.enrollment_date, first)
        membership.action_pause()
        membership.action_resume()
        self.assertEqual(membership.enrollment_date, first)

    def test_exit_date_follows_the_state(self):
        membership = self._add(self.households[0], self.for_groups, state="enrolled")
        with freeze_time("2026-04-01 10:00:00"):
            membership.action_exit()
            self.env.flush_all()
        self.assertEqual(membership.exit_date, Date.to_date("2026-04-01"))
        membership.action_resume()
        self.assertRecordValues(membership, [{"state": "enrolled", "exit_date": False}])

    def test_buttons_move_only_from_the_states_they_are_meant_for(self):
        draft = self._add(self.households[0], self.for_groups)
        exited = self._add(self.households[1], self.for_groups, state="exited")
        (draft | exited).action_pause()
        (draft | exited).action_exit()
        self.assertEqual((draft | exited).mapped("state"), ["draft", "exited"])
        (draft | exited).enroll_eligible_registrants()
        self.assertEqual((draft | exited).mapped("state"), ["enrolled", "exited"])

    def test_who_was_disabled_meanwhile_becomes_not_eligible(self):
        rows = self.for_groups._enrol(self.households)
        self.households[0].disabled = Datetime.now()
        rows.enroll_eligible_registrants()
        self.assertEqual(rows.mapped("state"), ["not_eligible", "enrolled", "enrolled"])
        self.households[0].disabled = False
        rows.enroll_eligible_registrants()
        self.assertEqual(set(rows.mapped("state")), {"enrolled"})

    def test_nobody_is_enrolled_in_an_ended_program(self):
        rows = self.for_groups._enrol(self.households)
        rows[0].state = "paused"
        self.for_groups.end_program()
        with self.assertRaisesRegex(UserError, "ended"):
            rows[1].enroll_eligible_registrants()
        with self.assertRaisesRegex(UserError, "ended"):
            rows[0].action_resume()
        with self.assertRaisesRegex(ValidationError, "ended"):
            self._add(self.people[0], self.for_groups)
        rows.action_exit()
        self.assertEqual(rows[0].state, "exited")

    def test_wrong_type_disabled_and_contacts_are_refused_by_hand_too(self):
        contact = self.env["res.partner"].create({"name": "Village bank"})
        self.people[1].disabled = Datetime.now()
        for partner in (self.households[0], self.people[1], contact):
            with self.subTest(partner.name), self.assertRaises(ValidationError):
                self._add(partner, self.for_people)

    def test_check_works_on_many_memberships_of_many_programs(self):
        vals = [
            {"partner_id": self.people[0].id, "program_id": self.for_people.id},
            {"partner_id": self.people[1].id, "program_id": self.for_people.id},
            {"partner_id": self.households[0].id, "program_id": self.for_groups.id},
        ]
        self.assertEqual(len(self.env["g2p.program_membership"].create(vals)), 3)
        vals = [
            {"partner_id": self.households[1].id, "program_id": self.for_groups.id},
            {"partner_id": self.households[2].id, "program_id": self.for_people.id},
        ]
        with self.assertRaises(ValidationError):
            self.env["g2p.program_membership"].create(vals)

    def test_form_enrols_by_hand(self):
        form = Form(self.env["g2p.program_membership"])
        form.program_id = self.for_people
        form.partner_id = self.people[0]
        membership = form.save()
        membership.enroll_eligible_registrants()
        self.assertEqual(membership.state, "enrolled")
        self.assertTrue(membership.enrollment_date)

    def test_change_of_state_is_in_the_chatter_without_the_name(self):
        membership = self._add(self.people[0], self.for_people)
        membership.flush_recordset()
        self.cr.precommit.run()
        membership.state = "enrolled"
        membership.flush_recordset()
        self.cr.precommit.run()
        values = membership.message_ids.sudo().tracking_value_ids
        self.assertEqual(values.mapped("new_value_char"), ["Enrolled"])
        self.assertNotIn(self.people[0].name, "".join(membership.message_ids.mapped("body")))
