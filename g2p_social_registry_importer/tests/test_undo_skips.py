from odoo.tests import tagged
from odoo.tools import SQL

from .people import NATIONAL, household, identifier, person, phone
from .undo_case import UndoCase

VOTER = "Test Voter ID"
OLD, NEW = "+254 712 345 678", "+254 799 000 111"


@tagged("post_install", "-at_install")
class TestUndoSkips(UndoCase):
    """Who was changed since by somebody else is left as he is, and listed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.voter = cls.env["g2p.id.type"].create({"name": VOTER})

    def setUp(self):
        super().setUp()
        self.import_records(
            self._amara(),
            household("h1", "Otieno household", "C-1", [("p1", "Head")]),
        )
        self.amara, self.home = self.holder("N-1"), self.holder("C-1")

    def _amara(self, voter="V-1", number=OLD, **fields):
        ids = [identifier(NATIONAL, "N-1"), identifier(VOTER, voter)]
        return person("p1", "OTIENO, AMARA", reg_ids=ids, phones=[phone(number)], **fields)

    def _change(self):
        """A run that changes everything about Amara, and creates a household with a person."""
        return self.change_and_import(
            self._amara(voter="V-2", number=NEW, address="Kilima Road 4"),
            person("p2", "منصور, ليلى", "N-2"),
            household("h2", "عائلة منصور", "C-2", [("p2", "Head")]),
        )

    def assertLeft(self, run, *registrants, code="changed_since"):
        """Undoing leaves exactly these as they are, and says of each why."""
        before = {
            row: values for row, values in self.stored().items() if self._is_of(row, registrants)
        }
        self.undo(run)
        left = run.issue_ids.filtered(lambda issue: not issue.record_number)
        self.assertEqual(left.registrant_id, self.env["res.partner"].union(*registrants))
        self.assertEqual(left.mapped("code"), [code] * len(registrants))
        self.assertEqual((run.undo_state, run.undo_skipped_count), ("done", len(registrants)))
        self.assertEqual(run.undone_count, 3 - len(registrants))
        after = {
            row: values for row, values in self.stored().items() if self._is_of(row, registrants)
        }
        self.assertEqual(after, before)

    def _is_of(self, row, registrants):
        return row[0] == "res.partner" and row[1] in [one.id for one in registrants]

    # -- changed since ---------------------------------------------------------------------------

    def test_a_changed_field(self):
        run = self._change()
        self.amara.address = "Typed in here"
        self.assertLeft(run, self.amara)
        self.assertEqual(self.amara.phone_number_ids.filtered("disabled").phone_no, OLD)

    def test_a_field_the_run_did_not_write_is_no_reason(self):
        run = self._change()
        self.amara.email = "amara@example.test"
        self.assertLeft(run)
        self.assertEqual((self.amara.address, self.amara.email), (False, "amara@example.test"))

    def test_a_changed_id(self):
        run = self._change()
        self.holder("V-2").reg_ids.filtered(lambda row: row.id_type == self.voter).value = "V-3"
        self.assertLeft(run, self.amara)

    def test_a_deleted_number(self):
        run = self._change()
        self.amara.phone_number_ids.filtered(lambda row: row.phone_no == NEW).unlink()
        self.assertLeft(run, self.amara)

    def test_a_changed_role(self):
        run = self.change_and_import(
            person("p2", "منصور, ليلى", "N-2"),
            person("p3", "OTIENO, CHAUSIKU", "N-3"),
            household("h1", "Otieno household", "C-1", [("p1", "Head"), "p2", "p3"]),
        )
        newcomer = self.rows(self.home).filtered(lambda row: row.individual == self.holder("N-2"))
        newcomer.end_membership()
        self.undo(run)
        self.assertFalse(self.holder("N-2").active)
        left = run.issue_ids.mapped(lambda issue: (issue.registrant_id.name, issue.code))
        expected = {("Otieno household", "changed_since"), ("OTIENO, CHAUSIKU", "in_use_since")}
        self.assertEqual(set(left), expected)

    def test_a_changed_field_of_who_was_created(self):
        run = self._change()
        self.holder("C-2").name = "Typed in here"
        # Its head is a member of a household that stays.
        self.undo(run)
        left = run.issue_ids.sorted("code").mapped(lambda issue: (issue.registrant_id, issue.code))
        expected = [(self.holder("C-2"), "changed_since"), (self.holder("N-2"), "in_use_since")]
        self.assertEqual(left, expected)
        self.assertTrue(all((self.holder("C-2") | self.holder("N-2")).mapped("active")))

    def test_a_number_added_to_who_was_created(self):
        run = self._change()
        new = self.holder("N-2")
        self.env["g2p.phone.number"].create({"partner_id": new.id, "phone_no": OLD})
        self.assertLeft(run, new)

    def test_who_was_created_and_is_disabled_since(self):
        run = self._change()
        self.holder("N-2")._disable_registrant("Test")
        self.assertLeft(run, self.holder("N-2"))

    def test_anything_else_written_to_who_was_created(self):
        run = self._change()
        new = self.holder("N-2")
        self._write_tomorrow(new)
        self.assertLeft(run, new)

    def _write_tomorrow(self, row):
        """Everything in a test happens at one time of the database: its clock is put on here."""
        table = SQL.identifier(row._table)
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET write_date = write_date + interval '1 day' WHERE id = %s",
                table,
                row.id,
            )
        )
        self.env.invalidate_all()

    def test_what_another_import_changed(self):
        run = self._change()
        names_only = "{ getRegistrants { name address regIds { idTypeAsStr value } } }"
        people = self._create_importer(
            name="People", target_registry="individual", query=names_only
        )
        self.social_registry.patch_registrants([self._amara(voter="V-2", address="Mto Street 11")])
        self.run_import(people)
        self.assertLeft(run, self.amara)
        self.assertEqual(self.amara.address, "Mto Street 11")

    # -- in use since ----------------------------------------------------------------------------

    def test_whose_application_was_decided_on(self):
        program = self.env["g2p.program"].create({"name": "Test Winter Fuel"})
        self.importer.target_program = program
        run = self._change()
        home = self.holder("C-2")
        program.program_membership_ids.filtered(
            lambda row: row.partner_id == home
        ).enroll_eligible_registrants()
        self.undo(run)
        left = run.issue_ids.filtered(lambda issue: issue.registrant_id == home)
        self.assertEqual(left.code, "in_use_since")
        self.assertEqual(program.program_membership_ids.partner_id, home)

    def test_who_was_created_and_has_joined_another_programme(self):
        run = self._change()
        program = self.env["g2p.program"].create({"name": "Test", "target_type": "individual"})
        program._enrol(self.holder("N-2"))
        self.assertLeft(run, self.holder("N-2"), code="in_use_since")

    def test_who_was_created_and_has_joined_another_household(self):
        run = self._change()
        new = self.holder("N-2")
        self.env["g2p.group.membership"].create({"group": self.home.id, "individual": new.id})
        self.assertLeft(run, new, code="in_use_since")

    # -- rules -----------------------------------------------------------------------------------

    def test_whose_old_id_is_somebody_else_s_now(self):
        run = self._change()
        self.env["res.partner"].create(
            {
                "name": "Registered Since",
                "is_registrant": True,
                "reg_ids": [(0, 0, {"id_type": self.voter.id, "value": "V-1"})],
            }
        )
        self.assertLeft(run, self.amara, code="undo_rejected")
        self.assertEqual(self.amara.address, "Kilima Road 4")

    def test_no_reason_quotes_a_record(self):
        run = self._change()
        self.amara.address = "Typed in here"
        self.undo(run)
        issue = run.issue_ids
        self.assertIn("left as it is", issue.reason.replace("was left as it is", "left as it is"))
        for value in ("Typed", "Kilima", "V-2", "AMARA"):
            self.assertNotIn(value, issue.reason)
