from lxml import html

from odoo.exceptions import AccessError, UserError
from odoo.models import MAGIC_COLUMNS
from odoo.tests import Form, tagged

from .common import INDIVIDUALS, ImporterCase
from .people import families, household, identifier, person, phone

PREVIEW = "g2p.social.registry.import.preview"
#: Everything an import writes to.
TRACES = (
    "res.partner",
    "g2p.reg.id",
    "g2p.id.type",
    "g2p.phone.number",
    "g2p.group.membership",
    "g2p.group.membership.kind",
    "g2p.program_membership",
    "g2p.social.registry.import.run",
    "g2p.social.registry.import.page",
    "g2p.social.registry.import.issue",
    "g2p.social.registry.import.before.image",
    "g2p.social.registry.import.decision",
    "g2p.social.registry.imported.registrants",
    "queue.job",
    "mail.message",
    "ir.logging",
)


@tagged("post_install", "-at_install")
class TestPreview(ImporterCase):
    """The first records are shown as they would be written, and nothing is."""

    def _dialog(self, user=None, importer=None, picker=None):
        user = user or self.operator
        context = (importer or self.importer).with_user(user).action_preview()["context"]
        if picker:
            context = {**context, "default_picker_id": picker.id}
        return Form(self.env[PREVIEW].with_user(user).with_context(**context))

    def _shown(self, *records, **options):
        if records:
            self.social_registry.put_registrants(list(records))
        return self._dialog(**options).result

    def _rows(self):
        return {name: self.env[name].sudo().search_count([]) for name in TRACES}

    def _content(self):
        """What the registrants here say."""
        partners = self.env["res.partner"].sudo().search([("is_registrant", "=", True)])
        return partners.read(["name", "address", "birthdate", "write_date", "active"])

    # -- what is shown ---------------------------------------------------------------------------

    def test_new_households_are_shown_with_their_members(self):
        shown = self._shown(*families(2, size=2))
        self.assertEqual(shown.count('data-state="created"'), 2)
        self.assertIn("would be created", shown)
        self.assertEqual(shown.count("Member: "), 4)
        self.assertIn("groupMembershipIds[0].kind", shown)
        self.assertIn("Test Household Card C-0", shown)

    def test_both_sides_of_a_changed_person_are_shown(self):
        self.importer.write({"target_registry": "individual", "query": INDIVIDUALS})
        self.import_records(person("p1", "OTIENO, AMARA", "N-1", address="Kisumu"))
        shown = self._shown(
            person("p1", "OTIENO, AMARA", "N-1", address="Mombasa", birthdate="1990-05-01")
        )
        self.assertIn('data-state="updated"', shown)
        self.assertIn("changes: OTIENO, AMARA", shown)
        cells = self._cells(shown)
        self.assertIn(["address", "Mombasa", "Address", "Kisumu", "Mombasa"], cells)
        self.assertIn(["birthdate", "1990-05-01", "Date of Birth", "", "1990-05-01"], cells)
        self.assertIn(["name"] + ["OTIENO, AMARA", "Name"] + ["OTIENO, AMARA"] * 2, cells)

    def _cells(self, shown):
        """The rows of the tables, as lists of texts."""
        table_rows = html.fromstring(shown).iterfind(".//tbody/tr")
        return [[" ".join(c.text_content().split()) for c in row] for row in table_rows]

    def test_ids_and_phones_are_shown_as_they_would_stand(self):
        self.importer.write({"target_registry": "individual", "query": INDIVIDUALS})
        self.import_records(person("p1", "OTIENO, AMARA", "N-1"))
        ids = [identifier("Test National ID", "N-1", "2030-01-01")]
        shown = self._shown(
            person("p1", "OTIENO, AMARA", reg_ids=ids, phones=[phone("+254 700 123456")])
        )
        cells = self._cells(shown)
        self.assertIn(
            [
                "regIds[0]",
                "Test National ID N-1 2030-01-01",
                "ID: Value",
                "Test National ID N-1",
                "Test National ID N-1 2030-01-01",
            ],
            cells,
        )
        numbers = [row for row in cells if row[0] == "phoneNumberIds[0]"]
        self.assertEqual((numbers[0][1], numbers[0][3:]), ("+254 700 123456", ["", numbers[0][4]]))
        self.assertTrue(numbers[0][4])

    def test_what_is_here_already_is_shown_as_unchanged(self):
        self.import_records(*families(1))
        shown = self._shown()
        self.assertIn('data-state="unchanged"', shown)
        self.assertNotIn("o_changed", shown)

    def test_who_would_no_longer_be_a_member_is_named(self):
        self.import_records(*families(1, size=2))
        people = families(1, size=2)
        people[-1]["members"] = people[-1]["members"][:1]
        shown = self._shown(*people)
        self.assertIn('data-state="updated"', shown)
        self.assertRegex(shown, r"No longer a member:\s*OTIENO, AMARA 0 1")

    def test_a_conflict_is_shown_with_those_who_may_be_meant(self):
        self.import_records(household("h1", "Household 1", "C-1"))
        other = self.importer.copy({"target_registry": "individual", "query": INDIVIDUALS})
        twice = [identifier("Test Household Card", "C-1")]
        shown = self._shown(person("p1", "OTIENO, AMARA", reg_ids=twice), importer=other)
        self.assertIn('data-state="conflict"', shown)
        self.assertIn("belongs to a household here", shown)

    def test_a_bad_value_is_shown_at_its_field(self):
        self.importer.write({"target_registry": "individual", "query": INDIVIDUALS})
        shown = self._shown(person("p1", "OTIENO, AMARA", "N-1", gender="somewhere"))
        self.assertIn("gender: ", shown)
        self.assertIn("is not on the list of this field", shown)
        self.assertIn('data-state="created"', shown)

    def test_a_record_the_database_would_reject_is_shown_with_its_reason(self):
        self.national.id_validation = "N-[0-9]$"
        self.importer.write({"target_registry": "individual", "query": INDIVIDUALS})
        shown = self._shown(person("p1", "GOOD, AMARA", "N-1"), person("p2", "BAD, AMARA", "N-XX"))
        self.assertIn('data-state="created"', shown)
        self.assertIn('data-state="failed"', shown)
        self.assertIn("name: BAD, AMARA", shown)

    def test_a_record_without_identifier_would_be_skipped(self):
        shown = self._shown(household("h1", "Household 1"))
        self.assertIn('data-state="skipped"', shown)

    def test_texts_of_the_source_cannot_break_out_of_the_page(self):
        shown = self._shown(household("h1", "<script>alert(1)</script>", "C-1"))
        self.assertNotIn("<script", shown)

    def test_five_records_are_shown_or_as_many_as_asked_for_up_to_twenty(self):
        self.social_registry.put_registrants(families(25, size=1))
        dialog = self._dialog()
        for asked, given in ((5, 5), (1, 1), (20, 20), (400, 20), (0, 1)):
            dialog.record_count = asked
            self.assertEqual(dialog.result.count("data-state="), given)

    def test_the_cursor_does_not_narrow_the_preview(self):
        self.importer.last_sync_date = "2040-01-01"
        self.importer.sync_mode = "incremental"
        self.assertIn("data-state", self._shown(*families(1)))

    def test_the_programme_is_named(self):
        self.importer.target_program = self.env["g2p.program"].create({"name": "Winter Fuel"})
        self.assertRegex(self._shown(*families(1)), r"would be enrolled in\s*Winter Fuel")

    def test_a_registry_without_fitting_records_is_said(self):
        self.assertIn("no record that fits the query", self._shown())

    def test_a_registry_that_cannot_be_asked_is_said_in_words(self):
        self.social_registry.set_dials(http_401=True)
        self.assertIn("does not accept our token", self._shown())

    def test_a_row_the_registry_stumbles_over_is_shown_with_its_words(self):
        self.social_registry.put_registrants([household("h1", "", "C-1"), *families(1)])
        shown = self._shown()
        self.assertIn('data-state="failed"', shown)
        self.assertIn('data-state="created"', shown)

    # -- what is not kept ------------------------------------------------------------------------

    def test_nothing_is_written(self):
        self.importer.write(
            {
                "create_missing_id_types": True,
                "create_missing_member_kinds": True,
                "target_program": self.env["g2p.program"].create({"name": "Winter Fuel"}).id,
                "last_sync_date": "2026-03-02 09:45:00",
            }
        )
        self.import_records(*families(1, size=2))
        more = families(3, size=3)
        more[0]["reg_ids"].append(identifier("New Type of ID", "X-1"))
        self.social_registry.put_registrants(more)
        rows, content, jobs = self._rows(), self._content(), self.queue.jobs
        cursor = self.importer.last_sync_date
        self.assertIn("data-state", self._shown())
        self.assertEqual(self._rows(), rows)
        self.assertEqual(self._content(), content)
        self.assertEqual((self.queue.jobs, self.importer.last_sync_date), (jobs, cursor))

    def test_a_later_run_is_numbered_as_if_there_had_been_no_preview(self):
        first = self.import_records(*families(1))
        self._shown()
        self.assertEqual(self.run_import().id, first.id + 1)

    def test_a_run_under_way_does_not_mind(self):
        self.social_registry.put_registrants(families(1))
        run = self.start()
        self.assertIn("data-state", self._shown())
        self.queue.work_off()
        self.assertEqual((run.state, run.created_count), ("done", 1))

    def test_what_was_shown_is_stored_nowhere(self):
        self.social_registry.put_registrants([household("h1", "CANARY household", "C-1")])
        dialog = self._dialog()
        self.assertIn("CANARY", dialog.result)
        preview = dialog.save()
        self.env.invalidate_all()
        self.assertFalse(preview.with_user(self.operator).result)
        self.assertFalse(self.env[PREVIEW]._fields["result"].store)
        names = {"importer_id", "picker_id", "record_count", *MAGIC_COLUMNS}
        self.assertEqual(self._columns(preview), names)

    def _columns(self, record):
        names = "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
        self.env.cr.execute(names, [record._table])
        return {name for (name,) in self.env.cr.fetchall()}

    def test_names_are_not_logged(self):
        self.national.id_validation = "N-[0-9]$"
        people = [person("p1", "CANARY, AMARA", "N-CANARY"), person("p2", "CANARY, JUMA", "N-1")]
        self.importer.write({"target_registry": "individual", "query": INDIVIDUALS})
        with self.assertLogs(level="DEBUG") as logs:
            self.assertIn("CANARY", self._shown(*people))
        texts = [r.getMessage() for r in logs.records if not r.name.startswith("odoo.sql_db")]
        self.assertNotIn("CANARY", "\n".join(texts))

    # -- who may see it --------------------------------------------------------------------------

    def test_who_is_no_operator_sees_nothing(self):
        outsider = self.env.ref("base.public_user")
        with self.assertRaises(UserError):
            self.importer.with_user(outsider).action_preview()
        with self.assertRaises(AccessError):
            self.env[PREVIEW].with_user(outsider).onchange(
                {"importer_id": self.importer.id}, ["importer_id"], {"result": {}}
            )
        self.assertFalse(self.social_registry.log())

    def test_a_query_that_is_not_saved_is_previewed_by_managers_only(self):
        self.social_registry.put_registrants(families(1))
        action = self.importer.with_user(self.manager).action_pick_fields()
        picker = self.env[action["res_model"]].with_user(self.manager).browse(action["res_id"])
        picker.own_fields = {n: {"path": n, "checked": True} for n in ("name", "email")}
        picker.member_fields = {}
        context = picker.action_preview()["context"]
        shown = Form(self.env[PREVIEW].with_user(self.manager).with_context(**context)).result
        self.assertIn("<code>email</code>", shown)
        self.assertNotIn("<code>address</code>", shown)
        with self.assertRaises(UserError):
            self._dialog(picker=picker)
        self.assertNotEqual(self.importer.query, picker.query)

    def test_a_previewed_query_can_be_used_or_gone_back_to(self):
        action = self.importer.with_user(self.manager).action_pick_fields()
        picker = self.env[action["res_model"]].with_user(self.manager).browse(action["res_id"])
        picker.member_fields = {}
        context = picker.action_preview()["context"]
        preview = Form(self.env[PREVIEW].with_user(self.manager).with_context(**context)).save()
        back = preview.action_back()
        self.assertEqual((back["res_model"], back["res_id"]), (picker._name, picker.id))
        preview.action_apply()
        self.assertEqual(self.importer.query, picker.query)
        self.assertNotIn("groupMembershipIds", self.importer.query)
