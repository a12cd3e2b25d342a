from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import ImporterCase

PICKER = "g2p.social.registry.import.query.picker"


@tagged("post_install", "-at_install")
class TestQueryPicker(ImporterCase):
    """An engineer ticks fields, and the query is written."""

    def setUp(self):
        super().setUp()
        self.importer = self.importer.with_user(self.manager)

    def _open(self, query=None):
        if query:
            self.importer.query = query
        action = self.importer.action_pick_fields()
        return self.env[action["res_model"]].with_user(self.manager).browse(action["res_id"])

    def _ticked(self, picker):
        return sorted(picker._ticked())

    def _tick(self, picker, *paths, checked=True):
        for name in ("own_fields", "list_fields", "member_fields"):
            picker[name] = {
                key: {**box, "checked": checked} if box["path"] in paths else box
                for key, box in picker[name].items()
            }

    def _boxes(self, picker, name):
        """Path → box, in the order of the screen."""
        return {box["path"]: box for box in picker[name].values()}

    def _filter(self, picker, name, value):
        picker.filter_ids.filtered(lambda row: row.name == name).value = value

    def test_the_fields_of_the_query_are_ticked(self):
        picker = self._open("{ getRegistrants { name regIds { idTypeAsStr value } } }")
        self.assertEqual(self._ticked(picker), ["name", "regIds.idTypeAsStr", "regIds.value"])
        self.assertFalse(picker.losses or picker.problem)

    def test_fields_keep_the_order_of_the_schema_in_the_database(self):
        picker = self._open()
        picker.flush_recordset()
        picker.invalidate_recordset()
        own = list(self._boxes(picker, "own_fields"))
        self.assertEqual(own[:4], ["name", "givenName", "familyName", "addlName"])

    def test_each_box_says_where_its_field_goes_or_why_it_is_left_out(self):
        picker = self._open()
        own = self._boxes(picker, "own_fields")
        self.assertEqual(own["address"]["label"], "address → Address")
        of_lists = self._boxes(picker, "list_fields")
        self.assertEqual(of_lists["regIds.value"]["label"], "regIds.value → ID: Value")
        members = self._boxes(picker, "member_fields")
        self.assertIn("Birth", members["groupMembershipIds.individual.birthPlace"]["label"])
        left_out = own["createDate"]
        self.assertEqual(left_out["label"], "createDate → left out")
        self.assertIn("day only", left_out["question_circle"])

    def test_a_tick_and_a_filter_are_seen_in_the_query_at_once(self):
        picker = self._open("{ getRegistrants { name } }")
        with Form(picker) as form:
            form.own_fields = {n: {"path": n, "checked": True} for n in ("name", "email")}
            self.assertIn("    name\n    email\n", form.query)
            with form.filter_ids.edit(self._index(picker, "address")) as row:
                row.value = 'Kisumu "East"'
            self.assertIn('getRegistrants(address: "Kisumu \\"East\\"") {', form.query)

    def _index(self, picker, name):
        return picker.filter_ids.mapped("name").index(name)

    def test_what_is_picked_becomes_the_query_of_the_import(self):
        picker = self._open("{ getRegistrants { name } }")
        self._tick(picker, "regIds.idTypeAsStr", "regIds.value", "address")
        self._tick(picker, "name", checked=False)
        self._filter(picker, "address", "Kisumu")
        self._filter(picker, "lastSyncDate", "2026-03-02")
        action = picker.action_apply()
        self.assertEqual(action["type"], "ir.actions.act_window_close")
        self.assertEqual(
            self.importer.query,
            '{\n  getRegistrants(lastSyncDate: "2026-03-02", address: "Kisumu") {\n    address\n'
            "    regIds {\n      idTypeAsStr\n      value\n    }\n  }\n}",
        )

    def test_filters_of_the_query_are_filled_in_again(self):
        picker = self._open('{ getRegistrants(gender: "F", isGroup: true) { name } }')
        filled = {row.name: row.value for row in picker.filter_ids if row.value}
        self.assertEqual(filled, {"gender": "F"})
        self.assertFalse(picker.losses)

    def test_filters_have_names_of_this_registry_and_say_what_they_take(self):
        rows = {row.name: row for row in self._open().filter_ids}
        self.assertEqual(rows["lastSyncDate"].label, "Created Since")
        self.assertIn("UTC", rows["lastSyncDate"].hint)
        self.assertEqual(rows["address"].label, "Address")
        self.assertIn("letter by letter", rows["address"].hint)
        self.assertNotIn("limit", rows)

    def test_it_is_said_what_a_query_written_by_hand_loses(self):
        picker = self._open(
            "query($a: String) { getRegistrants(name: $a, address: null) { ...F gender "
            "regIds @skip(if: false) { value } } } # all of them\n"
            "fragment F on Partner { n: name }"
        )
        self.assertEqual(
            self._ticked(picker), ["gender", "name", "regIds.value"], "what can be read is ticked"
        )
        for words in (
            "Filters that cannot be shown, left out: address",
            "Variables, replaced by their values: $a",
            "Fragments, written out where they are used: F",
            "Aliases, which the importer does not use anyway: n",
            "Comments, left out: # all of them",
            "Directives, left out: @skip",
        ):
            self.assertIn(words, picker.losses)

    def test_a_schema_the_registry_has_shown_goes_before_the_known_one(self):
        self.assertIn("has not shown its schema", self._open().schema_note)
        self.data_source.source_schema_text = """
            type Query { getRegistrants(isGroup: Boolean, limit: Int, offset: Int, order: String,
                area: Area, age: Int): [P] }
            enum Area { NORTH SOUTH }
            type P { name: String, town: String }"""
        self.importer.query = "{ getRegistrants { name } }"
        picker = self._open()
        own = self._boxes(picker, "own_fields")
        self.assertEqual(list(own), ["name", "town"])
        self.assertIn("There is no such field", own["town"]["question_circle"])
        self.assertEqual(picker.filter_ids.mapped("name"), ["area", "age"])
        self.assertEqual(picker.filter_ids.mapped("hint"), ["NORTH, SOUTH", "a whole number"])
        self._filter(picker, "area", "north")
        picker.action_apply()
        self.assertIn("getRegistrants(area: NORTH) {", self.importer.query)

    def test_a_value_that_does_not_fit_its_filter_is_said_and_not_used(self):
        self.data_source.source_schema_text = """
            type Query { getRegistrants(isGroup: Boolean, limit: Int, offset: Int, order: String,
                age: Int): [P] } type P { name: String }"""
        picker = self._open("{ getRegistrants { name } }")
        self._filter(picker, "age", "ninety")
        self.assertIn("takes a whole number.", picker.problem)
        with self.assertRaisesRegex(UserError, "takes a whole number"):
            picker.action_apply()
        self.assertNotIn("age", self.importer.query)

    def test_a_date_that_is_none_is_refused_by_the_import(self):
        picker = self._open()
        self._filter(picker, "lastSyncDate", "yesterday")
        with self.assertRaisesRegex(ValidationError, "Write lastSyncDate as a date or time"):
            picker.action_apply()

    def test_nothing_ticked_is_no_query(self):
        picker = self._open("{ getRegistrants { name } }")
        self._tick(picker, "name", checked=False)
        self.assertEqual((picker.query, picker.problem), (False, "Tick at least one field."))
        with self.assertRaisesRegex(UserError, "Tick at least one field"):
            picker.action_apply()

    def test_ticks_for_fields_that_are_not_on_offer_do_nothing(self):
        picker = self._open("{ getRegistrants { name } }")
        picker.own_fields = {n: {"path": n, "checked": True} for n in ("name", "id } evil {")}
        self.assertEqual(picker.query, "{\n  getRegistrants {\n    name\n  }\n}")

    def test_members_are_offered_for_households_only(self):
        self.assertTrue(self._open().member_fields)
        self.importer.target_registry = "individual"
        picker = self._open()
        self.assertFalse(picker.member_fields or picker.is_group)

    def test_only_managers_pick(self):
        importer = self.importer.with_user(self.operator)
        with self.assertRaisesRegex(UserError, "Only import managers"):
            importer.action_pick_fields()
        picker = self._open()
        for method in ("action_apply", "action_preview"):
            with self.assertRaises(UserError):
                getattr(picker.with_user(self.operator), method)()

    def test_a_picker_is_seen_by_who_opened_it_only(self):
        picker = self._open()
        other = self.env.ref("base.user_admin")
        with self.assertRaises(AccessError):
            picker.with_user(other).read(["query"])
        with self.assertRaises(AccessError):
            picker.with_user(other).action_apply()
