from odoo.tests import tagged

from .common import ImporterCase
from .people import families, household


@tagged("post_install", "-at_install")
class TestConcurrentEnrolment(ImporterCase):
    """Another worker enrols a household a moment earlier: it is a member, and the page goes in.

    A trigger stands in for the unique constraint, which objects only to what another connection
    has committed.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program = cls.env["g2p.program"].create({"name": "Test Winter Fuel"})
        cls.importer.target_program = cls.program

    def _object(self):
        """Refuse to enrol who is called Household 1."""
        self.env.flush_all()
        self.cr.execute(
            """
            CREATE OR REPLACE FUNCTION test_object() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF (SELECT name FROM res_partner WHERE id = NEW.partner_id) = 'Household 1' THEN
                    RAISE EXCEPTION 'test'
                    USING ERRCODE = 'unique_violation', TABLE = 'g2p_program_membership';
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER test_object BEFORE INSERT ON g2p_program_membership
                FOR EACH ROW EXECUTE FUNCTION test_object();
            """
        )

    def _enrolled(self):
        return set(self.program.program_membership_ids.partner_id.mapped("name"))

    def test_the_others_are_enrolled_and_the_run_is_done(self):
        self._object()
        run = self.import_records(*families(5, size=1))
        self.assertOutcome(run, created=5)
        self.assertFalse(run.issue_ids)
        self.assertEqual(self._enrolled(), {f"Household {n}" for n in (0, 2, 3, 4)})

    def test_a_page_of_one_record_goes_in_too(self):
        self._object()
        self.assertOutcome(self.import_records(household("h1", "Household 1", "C-1")), created=1)
        self.assertFalse(self._enrolled())

    def test_the_next_run_finds_the_membership_or_makes_it(self):
        self._object()
        self.import_records(*families(3, size=1))
        self.env.flush_all()
        self.cr.execute("DROP TRIGGER test_object ON g2p_program_membership")
        self.assertOutcome(self.run_import(), unchanged=3)
        self.assertEqual(self._enrolled(), {f"Household {n}" for n in range(3)})

    def test_what_a_rule_refuses_is_not_half_written(self):
        """A rule is checked after the rows are there."""
        self.social_registry.put_registrants(families(3, size=1))
        run = self.start()
        self.patch(type(self.program), "_closed_reason", self._closed_once_somebody_is_in)
        self.queue.work_off()
        self.assertCodes(run, "enrolment_refused")
        self.assertFalse(self._enrolled())

    def _closed_once_somebody_is_in(self):
        program = self.program.with_context(active_test=False)
        program.invalidate_recordset(["program_membership_ids"])
        return "Closed." if program.program_membership_ids else False
