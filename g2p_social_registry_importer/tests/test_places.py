from odoo.tests import tagged

from .common import ImporterCase
from .people import CARD, NATIONAL, household, identifier, person


@tagged("post_install", "-at_install")
class TestPlaces(ImporterCase):
    """An issue says where the record and its field are at the source, as the source sent them."""

    def _known_household(self, value):
        return self.env["res.partner"].create(
            {
                "name": "Known household",
                "is_registrant": True,
                "is_group": True,
                "reg_ids": [(0, 0, {"id_type": self.national.id, "value": value})],
            }
        )

    def test_a_member_behind_an_empty_place_keeps_its_number(self):
        self._known_household("N-1")
        # The registry sends the newest membership first.
        members = ["p2", "p1", None]
        run = self.import_records(
            person("p1", "OTIENO, AMARA", "N-1"),
            person("p2", "OTIENO, BARAKA", "N-2"),
            household("h1", "Otieno household", "C-1", members),
        )
        issue = run.issue_ids.filtered(lambda issue: issue.code == "other_kind")
        self.assertEqual(issue.field_path, "groupMembershipIds[1].individual.regIds")
        self.assertEqual(issue._staged_subject()["name"], "OTIENO, AMARA")

    def test_the_role_of_a_member_behind_an_empty_place_keeps_its_number(self):
        run = self.import_records(
            person("p1", "OTIENO, AMARA", "N-1"),
            person("p2", "OTIENO, BARAKA", "N-2"),
            household("h1", "Otieno household", "C-1", [("p2", "Head"), ("p1", "Head"), None]),
        )
        issue = run.issue_ids.filtered(lambda issue: issue.code == "unique_kind_twice")
        self.assertEqual(issue.field_path, "groupMembershipIds[2].kind")

    def test_an_id_behind_one_that_was_sent_twice_keeps_its_number(self):
        other = self._known_household("N-1")
        home = self._known_household("N-2")
        ids = [identifier(NATIONAL, "N-1"), identifier(CARD, "C-1"), identifier(CARD, "C-1")]
        run = self.import_records(
            household("h1", "Otieno household", reg_ids=[*ids, identifier(NATIONAL, "N-2")])
        )
        run.issue_ids._resolve("registrant", home)
        issue = run.issue_ids.filtered(lambda issue: issue.code == "held_elsewhere")
        self.assertEqual(issue.field_path, "regIds[3]")
        self.assertEqual(other.reg_ids.value, "N-1")

    def test_a_record_behind_an_unreadable_one_keeps_its_number(self):
        unreadable = household("h0", "Two kinds", "C-0", [("p1", "Head", "Spouse")])
        known = self._known_household("N-1")
        self.env["g2p.reg.id"].create(
            {"partner_id": known.id, "id_type": self.card.id, "value": "C-9"}
        )
        run = self.import_records(
            person("p1", "OTIENO, AMARA", "N-3"),
            unreadable,
            household("h1", "Otieno household", "C-1", ["p1"]),
            household("h2", "No identifier"),
        )
        numbers = dict(run.issue_ids.mapped(lambda issue: (issue.code, issue.record_number)))
        self.assertEqual(numbers, {"refused_at_source": 1, "no_identifier": 3})
        skipped = run.issue_ids.filtered(lambda issue: issue.code == "no_identifier")
        self.assertEqual(skipped._staged_record()["name"], "No identifier")

    def test_a_record_that_cannot_be_read_is_named_all_the_same(self):
        self.importer.query = "{ getRegistrants { regIds { idTypeAsStr value } } }"
        run = self.import_records(household("h1", "Otieno household", "C-1"))
        self.assertCodes(run, "name_missing")
        self.assertEqual(run.issue_ids.record_label, f"{CARD} C-1")
