from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common import INDIVIDUALS, ImporterCase
from .people import household

IDS = "regIds { idTypeAsStr value }"


@tagged("post_install", "-at_install")
class TestQueryCheck(ImporterCase):
    """What an engineer learns about a query when it is saved, and on the form."""

    def setUp(self):
        super().setUp()
        self.social_registry.put_registrants([household("h1", "Household 1", "C-1")])
        self.data_source.with_user(self.manager).action_check_up()
        self.importer = self.importer.with_user(self.manager)

    def assertRefused(self, query, *words, **vals):
        with self.assertRaises(ValidationError) as caught, self.env.cr.savepoint():
            self.importer.write({"query": query, **vals})
        for one in words:
            self.assertIn(one, str(caught.exception))

    # -- on saving -------------------------------------------------------------------------------

    def test_bad_syntax_is_refused_with_its_place(self):
        self.assertRefused("{\n  getRegistrants { name\n", "Line 3, column 1")

    def test_a_second_list_of_registrants_is_refused(self):
        twice = "{ getRegistrants { name } again: getRegistrants { name } }"
        self.assertRefused(twice, "exactly once; found 2 times")

    def test_an_unknown_field_is_refused_with_its_place_and_the_nearest_name(self):
        self.assertRefused(
            "{\n  getRegistrants { nmae } }",
            "Line 2, column 20",
            "Did you mean 'name'",
            "press Check Up on the data source",
        )

    def test_an_unknown_argument_is_refused_with_the_nearest_name(self):
        self.assertRefused('{ getRegistrants(adress: "x") { name } }', "Did you mean 'address'")

    def test_a_value_of_the_wrong_type_is_refused(self):
        self.assertRefused("{ getRegistrants(name: 5) { name } }", "String cannot represent")

    def test_a_field_of_another_type_is_named_with_that_type(self):
        self.assertRefused(
            f"{{ getRegistrants {{ name {IDS} groupMembershipIds {{ individual {{ kind }} }} }} }}",
            "Cannot query field 'kind' on type 'PartnerBase'",
        )

    def test_a_registry_that_has_not_shown_its_schema_is_believed_to_have_the_field(self):
        self.data_source.source_schema_text = False
        self.importer.query = f"{{ getRegistrants {{ name nickname {IDS} }} }}"
        self.assertIn("nickname", self.importer.query)

    def test_another_data_source_has_to_fit_the_query_too(self):
        other = self._create_data_source(name="Test Registry of the South")
        other.source_schema_text = "type Query { getRegistrants: [P] } type P { name: String }"
        with self.assertRaisesRegex(ValidationError, "would refuse the query"):
            self.importer.data_source_id = other

    def test_an_import_can_be_changed_although_its_registry_has(self):
        text = self.data_source.source_schema_text
        self.data_source.source_schema_text = text.replace("  email: String\n", "")
        self.importer.page_size = 50
        self.assertIn("Cannot query field 'email'", self.importer.query_warning)

    def test_arguments_a_plain_registry_does_not_get_are_not_looked_for_in_its_schema(self):
        text = self.data_source.source_schema_text
        text = text.replace("isGroup: Boolean, ", "").replace("order: String, ", "")
        names = {"graphql_is_group": False, "graphql_order": False, "graphql_changed_since": False}
        self.data_source.write({"protocol": "graphql", **names})
        self.data_source.source_schema_text = text
        self.importer.query = f'{{ getRegistrants(name: "a") {{ name {IDS} }} }}'
        self.assertFalse(self.importer.query_warning)

    def test_a_filter_that_would_not_be_sent_is_refused(self):
        self.data_source.write({"protocol": "graphql", "graphql_changed_since": False})
        since = f'{{ getRegistrants(lastSyncDate: "2026-03-02") {{ name {IDS} }} }}'
        self.assertRefused(since, "Remove lastSyncDate", "everybody would be fetched")

    # -- on the form -----------------------------------------------------------------------------

    def test_the_shipped_query_gives_no_cause_for_a_word(self):
        self.assertFalse(self.importer.query_warning)

    def test_a_query_without_identifiers_is_saved_with_a_warning_that_stays(self):
        self.importer.query = "{ getRegistrants { name } }"
        self.assertIn("nobody could be recognised", self.importer.query_warning)
        self.importer.import_registrant_without_id = True
        self.assertIn("by name and birth date only", self.importer.query_warning)

    def test_members_without_identifiers_are_warned_of(self):
        self.importer.query = (
            f"{{ getRegistrants {{ name {IDS} groupMembershipIds {{ individual {{ name }} }} }} }}"
        )
        self.assertIn("members without regIds", self.importer.query_warning)

    def test_a_warning_is_shown_while_typing(self):
        with Form(self.importer) as form:
            form.query = "{ getRegistrants { name } }"
            self.assertIn("nobody could be recognised", form.query_warning)
            form.query = "{ getRegistrants { name "
            self.assertIn("Line 1, column 25", form.query_warning)
            self.assertFalse(form.query_uses)
            form.query = f"{{ getRegistrants {{ name {IDS} }} }}"
            self.assertFalse(form.query_warning)

    def test_each_field_is_listed_with_the_field_here_or_why_it_is_left_out(self):
        rows = [{"key": "email", "value": "birth_place", "clear_on_null": True}]
        self.data_source.data_source_field_mapping_ids = [(0, 0, row) for row in rows]
        self.importer.query = f"""{{ getRegistrants {{ email createDate isGroup {IDS}
            groupMembershipIds {{ kind {{ name }} individual {{ givenName {IDS} }} }} }} }}"""
        listed = {row["path"]: row for row in self._rows()}
        self.assertEqual(listed["email"]["target"], "Birth Place")
        self.assertEqual(listed["email"]["remark"], "A null empties the field.")
        self.assertEqual(listed["regIds.value"]["target"], "ID: Value")
        self.assertEqual(listed["groupMembershipIds.individual.givenName"]["target"], "Given Name")
        self.assertFalse(listed["createDate"]["target"])
        self.assertIn("day only", listed["createDate"]["remark"])

    def test_operators_see_the_list_too(self):
        shown = self.importer.with_user(self.operator).query_uses
        self.assertIn("groupMembershipIds.individual.birthdate", shown)
        self.assertIn("Member: Date of Birth", " ".join(shown.replace("<t>", "").split()))

    def test_names_of_the_query_cannot_break_out_of_the_list(self):
        rows = [{"key": "email", "value": "<script>alert()</script>"}]
        self.data_source.data_source_field_mapping_ids = [(0, 0, row) for row in rows]
        self.assertNotIn("<script", self.importer.query_uses)

    def _rows(self):
        return self.importer._use_rows(
            self.importer._uses(self.importer._parsed_query().root_paths())
        )

    # -- to begin with ---------------------------------------------------------------------------

    def test_a_new_import_begins_with_a_query_that_can_be_used(self):
        form = Form(self.env["g2p.fetch.social.registry.beneficiary"].with_user(self.manager))
        form.name = "Households of the south"
        form.data_source_id = self.data_source
        self.assertIn("groupMembershipIds", form.query)
        self.assertFalse(form.query_warning)
        self.assertNotIn("left out", form.query_uses)
        form.target_registry = "individual"
        self.assertNotIn("groupMembershipIds", form.query)
        self.assertIn("givenName", form.query)
        self.assertFalse(form.query_warning)
        self.assertEqual(self.run_import(form.save()).state, "done")

    def test_a_query_somebody_wrote_does_not_follow_the_target(self):
        with Form(self.importer) as form:
            form.query = INDIVIDUALS
            form.target_registry = "individual"
            self.assertEqual(form.query, INDIVIDUALS)
