from odoo.tests import tagged

from .common import ImporterCase
from .people import families, household, person


@tagged("post_install", "-at_install")
class TestNotSeen(ImporterCase):
    """A full pass notices who is no longer at the source; nobody is deleted."""

    def setUp(self):
        super().setUp()
        people = families(2, size=1)
        self.first_run = self.import_records(
            *people,
            person("p9", "ÑAMANDÚ, LUZ"),  # a member without identifier
            household("h9", "Ñamandú household", "C-9", members=["p9"]),
        )
        self.luz = self.rows(self.holder("C-9")).individual

    def _missing(self):
        """Names of the registrants whom the import does not find at the source."""
        links = self.importer.imported_registrant_ids
        return sorted(links.filtered("not_seen_since").registrant_id.mapped("name"))

    def _leave(self, *keys):
        for key in keys:
            self.social_registry.delete_registrant(key)

    def test_who_is_there_is_not_missed(self):
        run = self.run_import()
        self.assertEqual((run.state, run.not_seen_count), ("done", 0))
        self.assertFalse(self._missing())

    def test_a_household_and_its_members_are_missed_from_the_first_full_pass_on(self):
        self._leave("h1", "p1-0")
        run = self.run_import()
        self.assertEqual((run.state, run.not_seen_count), ("done", 2))
        self.assertEqual(self._missing(), ["Household 1", "OTIENO, AMARA 1 0"])
        link = self.holder("C-1").social_registry_import_ids
        self.assertEqual(link.not_seen_since, run.started_at)
        self.assertTrue(self.holder("C-1").active)

    def test_who_stays_away_is_counted_once(self):
        self._leave("h1", "p1-0")
        first = self.run_import()
        second = self.run_import()
        self.assertEqual((first.not_seen_count, second.not_seen_count), (2, 0))
        link = self.holder("C-1").social_registry_import_ids
        self.assertEqual(link.not_seen_since, first.started_at)

    def test_a_member_who_left_is_missed_while_the_household_is_not(self):
        self.social_registry.patch_registrants([household("h9", "Ñamandú household", "C-9")])
        self.run_import()
        self.assertEqual(self._missing(), ["ÑAMANDÚ, LUZ"])

    def test_members_without_identifier_are_seen_in_an_unchanged_household(self):
        run = self.run_import()
        self.assertEqual(run.unchanged_count, 3)
        link = self.luz.social_registry_import_ids
        self.assertEqual(link.last_run_id, run)
        self.assertFalse(link.not_seen_since)

    def test_a_member_whose_membership_was_ended_here_is_not_missed(self):
        self.rows(self.holder("C-1")).end_membership()
        run = self.run_import()
        self.assertEqual((run.unchanged_count, run.not_seen_count), (3, 0))

    def test_archived_members_are_seen_as_others_are(self):
        self.luz.action_archive()
        self.assertEqual(self.run_import().not_seen_count, 0)

    def test_who_comes_back_is_missed_no_more(self):
        self._leave("h1", "p1-0", "h9", "p9")
        self.assertEqual(self.run_import().not_seen_count, 4)
        run = self.change_and_import(
            *families(1, size=1, start=1),
            person("p9", "ÑAMANDÚ, LUZ"),
            household("h9", "Ñamandú household", "C-9", members=["p9"]),
        )
        self.assertEqual(run.unchanged_count, 3)
        self.assertFalse(self._missing())

    def test_a_run_for_who_is_new_misses_nobody_but_sees_who_is_back(self):
        self._leave("h1", "p1-0")
        self.run_import()
        self.importer.sync_mode = "incremental"
        self._leave("h0", "p0-0")
        self.social_registry.patch_registrants(families(1, size=1, start=1))
        run = self.run_import()
        self.assertEqual((run.is_full_pass, run.not_seen_count), (False, 0))
        self.assertFalse(self._missing())

    def test_a_full_pass_that_is_not_done_misses_nobody(self):
        self.importer.page_size = 1
        self._leave("h1", "p1-0")
        self.social_registry.set_dials(rjct={"offset": 1})
        run = self.run_import()
        self.assertEqual(run.state, "failed")
        self.assertFalse(self._missing())

    def test_two_imports_of_one_source_miss_their_own_people_only(self):
        other = self._create_importer(name="The same households again")
        self.run_import(other)
        self._leave("h1", "p1-0")
        self.run_import(other)
        self.assertFalse(self._missing())
        self.assertEqual(len(other.imported_registrant_ids.filtered("not_seen_since")), 2)

    def _narrow(self, filters):
        self.importer.query = self.importer.query.replace(
            "getRegistrants", f"getRegistrants({filters})", 1
        )

    def test_whom_a_narrower_query_does_not_ask_for_is_not_missed(self):
        self._narrow('name: "Household 0"')
        first, second = self.run_import(), self.run_import()
        self.assertEqual((first.state, second.state), ("done", "done"))
        self.assertEqual((first.received_count, second.received_count), (1, 1))
        self.assertFalse(self._missing())
        self.assertIn("Nobody is marked as no longer seen", first.pass_reason)
        self.assertNotIn("Nobody is marked", second.pass_reason)

    def test_who_leaves_after_the_query_was_narrowed_is_missed(self):
        self._narrow("address: null")
        self.run_import()
        self._leave("h1", "p1-0")
        self.assertEqual(self.run_import().not_seen_count, 2)
        self.assertEqual(self._missing(), ["Household 1", "OTIENO, AMARA 1 0"])

    def test_nor_is_who_is_not_recognised_by_a_query_without_identifiers(self):
        self.importer.query = "{ getRegistrants { name } }"
        run = self.run_import()
        self.assertOutcome(run, "done", skipped=3)
        self.assertFalse(self._missing())

    def test_a_query_that_only_shows_more_fields_misses_who_left(self):
        self.importer.query = self.importer.query.replace("name", "name email", 1)
        self._leave("h1", "p1-0")
        run = self.run_import()
        self.assertEqual((run.state, run.not_seen_count), ("done", 2))
        self.assertNotIn("Nobody is marked", run.pass_reason)

    def test_noting_it_takes_the_same_statements_for_any_number(self):
        links = self.env["g2p.social.registry.imported.registrants"]
        run = self.import_records(*families(40, size=2))
        costs = []
        for households in (1, 39):
            gone = [f"C-{n}" for n in range(households)]
            home = self.env["g2p.reg.id"].search([("value", "in", gone)]).partner_id
            away = home | home.group_membership_ids.individual
            away.social_registry_import_ids.last_run_id = self.first_run
            with self.statements() as seen:
                marked = links._note_absence(run)
            self.assertGreaterEqual(marked, 3 * households - 3)
            costs.append(len(seen))
        self.assertEqual(costs[0], costs[1])
