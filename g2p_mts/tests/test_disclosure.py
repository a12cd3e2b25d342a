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

    def test_a_person_sent_twice_is_one_person(self):
        self.people("9001", birthdate=False)
        self.run_to_the_end()
        self.assertEqual(self.facts()["People sent so far"], "0")

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
