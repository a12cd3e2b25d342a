from odoo.tests import tagged

from .common import INDIVIDUALS, ImporterCase
from .people import families, household, identifier, person, phone

OLD = "2024-01-05T10:00:00"
VOTER = "Test Voter ID"


@tagged("post_install", "-at_install")
class TestLeftOut(ImporterCase):
    """Who or what was left out because of a setting comes in once the setting is changed, although
    the source is asked only for who is new."""

    def setUp(self):
        super().setUp()
        self.importer.sync_mode = "incremental"

    def put(self, *records):
        dates = {"create_date": OLD, "write_date": OLD}
        self.social_registry.put_registrants([{**one, **dates} for one in records])

    def assertComesAfter(self, change, words, **counts):
        """What was left out does not come before the change, comes after it, and only once."""
        self.assertOutcome(self.run_import(), "done")
        self.assertFalse(self.importer.next_pass_text)
        change()
        self.importer.invalidate_recordset()
        self.assertIn("The next run fetches everybody", self.importer.next_pass_text)
        self.assertIn(words, self.importer.with_user(self.operator).next_pass_text)
        run = self.run_import()
        self.assertIn(words, run.pass_reason)
        self.assertOutcome(run, "done", **counts)
        self.assertFalse(self.importer.next_pass_text)
        self.assertFalse(self.run_import().is_full_pass)

    def test_people_whose_id_type_was_missing_come_once_it_is_created(self):
        ids = [[identifier(VOTER, f"V-{n}")] for n in range(2)]
        self.put(*(household(f"h{n}", f"Home {n}", reg_ids=ids[n]) for n in range(2)))
        run = self.run_import()
        self.assertOutcome(run, "done", skipped=2)
        self.assertIn("2 of 2 records were skipped: they are not here", run.state_text)
        self.assertIn("then fetch again", run.issue_ids[0].reason)
        self.assertComesAfter(
            lambda: self.env["g2p.id.type"].create({"name": VOTER}), "Unknown ID type", created=2
        )

    def test_people_without_id_come_once_the_import_lets_them(self):
        self.put(household("h1", "Home without card"), household("h2", "Home", "C-2"))
        self.assertOutcome(self.run_import(), "done", skipped=1, created=1)
        self.assertComesAfter(
            lambda: self.importer.write({"import_registrant_without_id": True}),
            "No identifier",
            created=1,
            unchanged=1,
        )

    def test_a_role_that_was_left_out_comes_once_its_kind_is_created(self):
        self.put(person("p1", "OTIENO", "N-1"), household("h1", "Home", "C-1", [("p1", "Elder")]))
        run = self.run_import()
        self.assertOutcome(run, "done", created=1)
        self.assertIn("Issues to look at: 1.", run.state_text)
        elder = self.env["g2p.group.membership.kind"].create
        self.assertComesAfter(
            lambda: elder({"name": "Elder"}), "Unknown membership kind", updated=1
        )
        self.assertEqual(self.rows(self.holder("C-1")).kind.name, "Elder")

    def test_a_number_that_could_not_be_dialled_is_read_again_for_another_country(self):
        self.importer.write({"target_registry": "individual", "query": INDIVIDUALS})
        self.importer.phone_country_id = self.env.ref("base.us")
        self.put(person("p1", "OTIENO", "N-1", phones=[phone("7123 4567")]))
        run = self.run_import()
        self.assertCodes(run, "invalid_value")
        kenya = {"phone_country_id": self.env.ref("base.ke").id}
        self.assertComesAfter(lambda: self.importer.write(kenya), "Invalid value", updated=1)

    def test_a_value_that_was_no_choice_comes_once_it_is_one(self):
        self.importer.write({"target_registry": "individual", "query": INDIVIDUALS})
        self.put(person("p1", "OTIENO", "N-1", gender="Herder"))
        self.assertCodes(self.run_import(), "invalid_value")
        herder = {"code": "Herder", "value": "Herder"}
        self.assertComesAfter(
            lambda: self.env["gender.type"].create(herder), "Invalid value", updated=1
        )

    def test_a_field_that_could_not_be_read_is_read_again_after_another_mapping(self):
        self.importer.write({"target_registry": "individual", "query": INDIVIDUALS})
        self.put(person("p1", "OTIENO", "N-1", gender="Herder"))
        self.assertCodes(self.run_import(), "invalid_value")
        rule = {"key": "gender", "value": "birth_place"}
        self.assertComesAfter(
            lambda: self.data_source.write({"data_source_field_mapping_ids": [(0, 0, rule)]}),
            "Invalid value",
            updated=1,
        )
        self.assertEqual(self.holder("N-1").birth_place, "Herder")

    def test_a_change_that_concerns_nobody_left_out_fetches_nobody_again(self):
        self.put(*families(1), household("h9", "Home without card"))
        self.assertOutcome(self.run_import(), "done", created=1, skipped=1)
        self.env["g2p.id.type"].create({"name": VOTER})
        self.importer.phone_country_id = self.env.ref("base.ke")
        self.assertFalse(self.run_import().is_full_pass)

    def test_who_was_skipped_by_a_decision_that_is_withdrawn_is_shown_again(self):
        both = [identifier("Test Household Card", "C-1"), identifier("Test National ID", "C-2")]
        for value, id_type in (("C-1", self.card), ("C-2", self.national)):
            row = {"id_type": id_type.id, "value": value}
            known = {"name": "Known", "is_registrant": True, "is_group": True}
            self.env["res.partner"].create({**known, "reg_ids": [(0, 0, row)]})
        self.put(household("h1", "Home", reg_ids=both))
        self.run_import().issue_ids._resolve("ignore", self.env["res.partner"])
        self.assertOutcome(self.run_import(), "done")
        decision = self.env["g2p.social.registry.import.decision"].search(
            [("fetch_social_registry_id", "=", self.importer.id)]
        )
        decision.with_user(self.operator).action_withdraw()
        self.assertIn("fetches everybody", self.importer.message_ids[0].body)
        self.assertOutcome(self.run_import(), "incomplete", conflict=1)
