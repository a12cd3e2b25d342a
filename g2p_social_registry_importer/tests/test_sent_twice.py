from odoo.tests import Form, tagged

from .common import ImporterCase
from .people import families, household, identifier, person

RATIONS = "Test Ration Book"


@tagged("post_install", "-at_install")
class TestSentTwice(ImporterCase):
    """Two records of one run that name one registrant: alike they are one, else the first stays."""

    def _homes(self, first="Kilima Road 4", second="Mto Street 11"):
        return [
            household("h1", "Otieno household", "C-1", address=first),
            household("h2", "Otieno household", "C-1", address=second),
        ]

    # -- households and people themselves ----------------------------------------------------------

    def test_two_records_of_a_page_that_say_the_same_are_one_household(self):
        run = self.import_records(*self._homes(second="Kilima Road 4"))
        self.assertOutcome(run, created=1, unchanged=1)

    def test_of_two_records_of_a_page_that_differ_the_first_one_stays(self):
        run = self.import_records(*self._homes())
        self.assertOutcome(run, "incomplete", created=1, conflict=1)
        self.assertCodes(run, "sent_twice")
        self.assertEqual(run.issue_ids.candidate_ids, self.holder("C-1"))
        self.assertEqual(self.holder("C-1").address, "Kilima Road 4")

    def test_on_two_pages_they_do_not_overwrite_each_other_at_every_run(self):
        self.importer.page_size = 1
        run = self.import_records(*self._homes())
        self.assertOutcome(run, "incomplete", created=1, conflict=1)
        run = self.run_import()
        self.assertOutcome(run, "incomplete", unchanged=1, conflict=1)
        self.assertCodes(run, "sent_twice")
        self.assertEqual(self.holder("C-1").address, "Kilima Road 4")
        self.assertFalse(self.importer.imported_registrant_ids.is_updated)

    def test_a_record_met_again_on_the_next_page_because_rows_moved_is_unchanged(self):
        self.importer.page_size = 2
        run = self.import_records(
            household("h0", "Ñandú", "C-0"),
            *self._homes(second="Kilima Road 4"),
            household("h3", "Zuberi", "C-3"),
        )
        self.assertOutcome(run, created=3, unchanged=1)

    def test_a_page_imported_again_meets_itself_and_no_other_record(self):
        run = self.import_records(*families(3))
        run.state, run.page_ids.state = "importing", "fetched"
        page = run.page_ids.sudo()
        page.payload = page.payload.replace("Household 1", "Household one")
        page.with_user(self.operator)._import()
        self.assertEqual((page.updated_count, page.unchanged_count), (1, 2))
        self.assertFalse(run.issue_ids)

    def test_it_goes_in_once_the_source_is_corrected(self):
        self.import_records(*self._homes())
        run = self.change_and_import(household("h2", "Otieno household", "C-2"))
        self.assertOutcome(run, unchanged=1, created=1)

    # -- what a person decides ---------------------------------------------------------------------

    def _decide(self, run, decision, registrant=None):
        action = run.issue_ids.with_user(self.operator).action_resolve()
        wizard = self.env[action["res_model"]].with_user(self.operator).browse(action["res_id"])
        with Form(wizard) as form:
            form.decision = decision
            if registrant:
                form.registrant_id = registrant
        wizard.action_resolve()

    def test_the_second_one_can_be_ignored(self):
        run = self.import_records(*self._homes())
        self._decide(run, "ignore")
        self.assertOutcome(run, created=1, skipped=1)
        self.assertOutcome(self.run_import(), unchanged=1, skipped=1)

    def test_the_second_one_can_be_somebody_new(self):
        run = self.import_records(*self._homes())
        self._decide(run, "create")
        self.assertOutcome(run, created=2)
        self.assertOutcome(self.run_import(), unchanged=2)
        self.assertEqual(self.holder("C-1").address, "Kilima Road 4")

    def test_the_second_one_cannot_be_written_over_the_first(self):
        run = self.import_records(*self._homes())
        self._decide(run, "registrant", self.holder("C-1"))
        self.assertOutcome(run, "incomplete", created=1, conflict=1)
        self.assertEqual(self.holder("C-1").address, "Kilima Road 4")

    # -- members -----------------------------------------------------------------------------------

    def _siblings(self, id_type, *, same=False):
        name = "OTIENO, AMARA" if same else "OTIENO, BARAKA"
        book = [identifier(id_type, "R-1")]
        return [
            person("p1", "OTIENO, AMARA", reg_ids=book, birthdate="2015-01-02"),
            person("p2", name, reg_ids=book, birthdate="2015-01-02"),
            household("h1", "Otieno household", "C-1", ["p1"]),
            household("h2", "Household of in-laws", "C-2", ["p2"]),
        ]

    def assertFirstMemberStays(self, run):
        self.assertOutcome(run, "incomplete", created=2)
        self.assertCodes(run, "sent_twice")
        self.assertEqual(run.issue_ids.field_path, "groupMembershipIds[0].individual.regIds")
        self.assertEqual(run.issue_ids.record_number, 2)
        self.assertEqual(self.holder("R-1").name, "OTIENO, AMARA")
        self.assertEqual(self.rows(self.holder("C-1")).individual, self.holder("R-1"))
        self.assertFalse(self.rows(self.holder("C-2")))

    def test_of_two_members_with_one_id_of_a_type_made_by_the_run_the_second_is_told(self):
        self.importer.create_missing_id_types = True
        self.assertFirstMemberStays(self.import_records(*self._siblings(RATIONS)))

    def test_of_two_members_with_one_id_of_a_known_type_the_second_is_told(self):
        self.env["g2p.id.type"].create({"name": RATIONS})
        self.assertFirstMemberStays(self.import_records(*self._siblings(RATIONS)))

    def test_the_second_is_told_on_another_page_too(self):
        self.env["g2p.id.type"].create({"name": RATIONS})
        self.importer.page_size = 1
        self.assertFirstMemberStays(self.import_records(*self._siblings(RATIONS)))

    def test_two_members_in_one_household_with_one_id(self):
        self.env["g2p.id.type"].create({"name": RATIONS})
        people = self._siblings(RATIONS)[:2]
        run = self.import_records(*people, household("h1", "Otieno", "C-1", ["p1", "p2"]))
        self.assertCodes(run, "sent_twice")
        self.assertEqual(self.rows(self.holder("C-1")).individual, self.holder("R-1"))

    def test_two_members_alike_with_one_id_are_one_person(self):
        self.importer.create_missing_id_types = True
        run = self.import_records(*self._siblings(RATIONS, same=True))
        self.assertOutcome(run, created=2)
        self.assertEqual(run.member_created_count, 1)
        self.assertEqual(
            self.rows(self.holder("C-1")).individual, self.rows(self.holder("C-2")).individual
        )

    def test_an_id_of_a_type_unknown_here_makes_nobody_one_person(self):
        run = self.import_records(*self._siblings(RATIONS))
        self.assertOutcome(run, created=2)
        self.assertEqual(run.member_created_count, 2)
        self.assertEqual(run.issue_ids.mapped("code"), ["unknown_identifier_type"])
