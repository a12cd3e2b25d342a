import json
from ast import literal_eval

from odoo.tests import Form, tagged

from .ledger_case import LedgerCase


@tagged("post_install", "-at_install")
class TestDisclosure(LedgerCase):
    """What leaves this system, on one page."""

    def facts(self):
        return dict(self.connector._what_leaves())

    def test_the_page_tells_fields_people_purpose_and_who_approved(self):
        self.people("9001")
        self.run_to_the_end()
        facts = self.facts()
        self.assertEqual(facts["Purpose"], "Tokens in place of VIDs")
        self.assertEqual(facts["Receiver"], self.seeder.url)
        self.assertIn("birthdate", facts["Fields"])
        self.assertEqual(facts["People sent so far"], "1")
        self.assertIn(self.officer.name, facts["Approved"])

    def test_it_tells_which_ids_go_and_where_the_tokens_come(self):
        vid_type = self.connector._id_type("g2p_mts.vid_id_type")
        self.assertIn(vid_type.name, self.facts()["Always with them"])
        self.env["ir.config_parameter"].set_param("g2p_mts.vid_id_type", False)
        self.assertIn("not chosen", self.facts()["Always with them"])
        self.connector.delivery_type = "download"
        self.assertIn(self.token_type.name, self.facts()["Answers"])
        self.assertIn("fetched", self.facts()["Answers"])
        self.connector.delivery_type = "callback"
        self.connector.g2p_answer_base_url = "https://registry.example.test"
        self.assertIn("https://registry.example.test", self.facts()["Answers"])
        self.connector.callback_url = "https://else.example.test/tokens"
        self.assertIn("https://else.example.test/tokens", self.facts()["Answers"])

    def test_a_person_sent_twice_is_one_person(self):
        self.seeder.set_settings(refusals={"^9001$": ["IDA-MLC-029"]})
        self.people("9001")
        self.run_to_the_end()
        self.lines().with_user(self.operator).action_send_again()
        self.run_to_the_end()
        self.assertEqual(len(self.seeder.submissions()), 2)
        self.assertEqual(self.facts()["People sent so far"], "1")

    def test_who_was_never_sent_is_not_counted(self):
        self.people("9001", birthdate=False)
        self.run_to_the_end()
        self.assertEqual(self.facts()["People sent so far"], "0")

    def whose(self, *terms):
        self.connector.g2p_search_domain = json.dumps(terms)
        return self.facts()["Whose"]

    def test_the_filter_is_told_as_it_is_meant(self):
        given, family = ["given_name", "=", "Ñusta"], ["family_name", "like", "Quispe"]
        one, two = "Given Name is “Ñusta”", "Family Name contains “Quispe”"
        for terms, words in (
            ((given,), one),
            ((given, family), f"all of:\n    {one}\n    {two}"),
            (("|", given, family), f"at least one of:\n    {one}\n    {two}"),
            (("!", given), "Given Name is not “Ñusta”"),
            ((), "everybody"),
        ):
            with self.subTest(terms):
                self.assertEqual(self.whose(*terms), words)

    def test_not_and_or_inside_one_another_are_told(self):
        name, group = ["name", "!=", False], ["is_group", "=", True]
        words = self.whose(
            ["is_registrant", "=", True], "|", ["gender", "=", "W"], "!", name, group
        )
        self.assertEqual(
            words.splitlines(),
            [
                "all of:",
                "    Is Registrant: yes",
                "    at least one of:",
                "        Gender is Woman",
                "        Name is not set",
                "    Group: yes",
            ],
        )

    def test_what_a_related_record_has_to_be_stands_below_it(self):
        inner = ["|", ["value", "=like", "9%"], ["status", "=", "valid"]]
        first, *rest = self.whose(["reg_ids", "not any", inner]).splitlines()
        self.assertTrue(first.endswith("has none of which holds:"))
        self.assertEqual(rest[0], "    at least one of:")
        self.assertIn("fits the pattern “9%”", rest[1])

    def test_records_in_the_filter_are_told_by_name(self):
        words = self.whose(["reg_ids.id_type", "=", self.vid_type.id])
        self.assertTrue(words.endswith("is MOSIP VID (test)"), words)
        self.assertIn("Kenya", self.whose(["country_id", "in", [self.env.ref("base.ke").id]]))

    def test_of_a_connector_for_odk_it_says_that_nothing_of_the_registry_leaves(self):
        report = self.env.ref("g2p_mts.report_what_leaves")
        odk = self.env["mts.connector"].create(
            {"name": "From ODK", "mts_url": self.seeder.url, "input_type": "odk"}
        )
        both = self.connector | odk
        self.assertEqual(both.filtered_domain(literal_eval(report.domain)), self.connector)
        page = self.env["ir.actions.report"]._render_qweb_html(report, odk.ids)[0].decode()
        self.assertIn("pulls its data from ODK", page)
        self.assertNotIn("nothing is sent", page)
        self.assertNotIn("birthdate", page)

    def test_fields_the_mapping_does_not_use_are_pointed_out(self):
        with Form(self.connector.with_user(self.manager)) as form:
            form.g2p_field_to_add = "occupation"
            self.assertIn("occupation", form.g2p_selected_fields)
            self.assertEqual(form.g2p_unused_fields, "occupation")

    def test_any_change_of_what_leaves_takes_the_approval_back(self):
        changes = {
            "g2p_purpose": "Another",
            "mts_url": "https://other.example.test",
            "g2p_search_domain": "[]",
            "lang_code": "fra",
        }
        for name, value in changes.items():
            with self.subTest(name):
                self.connector.with_user(self.officer).action_approve()
                self.connector[name] = value
                self.assertFalse(self.connector.g2p_is_approved)

    def test_a_copy_has_to_be_approved_anew(self):
        self.assertFalse(self.connector.copy().g2p_is_approved)
