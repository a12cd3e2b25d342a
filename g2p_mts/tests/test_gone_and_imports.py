from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.g2p_secrets import places
from odoo.addons.g2p_social_registry_importer.tests.common import INDIVIDUALS, ImporterCase
from odoo.addons.g2p_social_registry_importer.tests.people import household, identifier, person

from ..flow.residue import sweep

VID_TYPE = "MOSIP VID (test)"
VID, OTHER_VID = "5813076249681375", "7420918365027411"


@tagged("post_install", "-at_install")
class TestGoneAndImports(ImporterCase):
    """A source goes on sending VIDs that were deleted here."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vid_type = cls.env["g2p.id.type"].create({"name": VID_TYPE})
        cls.households = cls.importer
        cls.importer = cls._create_importer(target_registry="individual", query=INDIVIDUALS)

    @staticmethod
    def _ada(*ids, vid=VID, **fields):
        return person("ada", "MWANGI, ADA", reg_ids=[identifier(VID_TYPE, vid), *ids], **fields)

    def _delete(self, *people):
        """Do what the rule does with the VIDs of these people; returns what the sweep found."""
        rows = self.env["res.partner"].union(*people).reg_ids
        rows = rows.filtered(lambda row: row.id_type == self.vid_type)
        vids = {row.value: row.partner_id.id for row in rows}
        pairs = {(self.vid_type.id, vid): partner for vid, partner in vids.items()}
        rows.unlink()
        self.env["g2p.mts.vid.gone"]._remember(pairs)
        return sweep(self.env, vids)

    def _known(self):
        return self.env["res.partner"].search([("name", "=", "MWANGI, ADA")])

    def assertLeftOut(self, run, number=1):
        self.assertEqual(run.gone_id_count, number)
        self.assertIn(f"{number} IDs were left out", run.state_text)
        self.assertFalse(self.holder(VID))
        self.assertNotIn("gone:", ",".join(self._known().reg_ids.mapped("value")))

    def test_somebody_known_by_nothing_else_is_neither_doubled_nor_given_the_vid_back(self):
        self.import_records(self._ada())
        ada = self.holder(VID)
        self._delete(ada)
        for _again in range(2):
            run = self.run_import()
            self.assertOutcome(run, unchanged=1)
            self.assertLeftOut(run)
            self.assertEqual(self._known(), ada)

    def test_a_change_is_applied_once_and_unchanged_from_then_on(self):
        self.import_records(self._ada())
        ada = self.holder(VID)
        self._delete(ada)
        run = self.change_and_import(self._ada(address="Kilima Road 4"))
        self.assertOutcome(run, updated=1)
        self.assertLeftOut(run)
        self.assertEqual((self._known(), ada.address), (ada, "Kilima Road 4"))
        run = self.run_import()
        self.assertOutcome(run, unchanged=1)
        self.assertLeftOut(run)

    def test_other_ids_of_the_person_come_in(self):
        self.import_records(self._ada())
        ada = self.holder(VID)
        self._delete(ada)
        run = self.change_and_import(self._ada(identifier("Test National ID", "N-1")))
        self.assertOutcome(run, updated=1)
        self.assertEqual(ada.reg_ids.mapped("value"), ["N-1"])
        self.assertOutcome(self.run_import(), unchanged=1)

    def test_a_new_vid_of_the_person_comes_in(self):
        card = identifier("Test National ID", "N-1")
        self.import_records(self._ada(card))
        ada = self.holder(VID)
        self._delete(ada)
        run = self.change_and_import(self._ada(card, vid=OTHER_VID))
        self.assertOutcome(run, updated=1)
        self.assertEqual(self.holder(OTHER_VID), ada)
        self.assertEqual((run.gone_id_count, self._known()), (0, ada))

    def test_a_member_of_a_household_is_known_by_it_too(self):
        home = household("home", "Mwangi household", "C-1", [("ada", "Head")])
        self.importer = self.households
        self.import_records(self._ada(), home)
        ada = self.holder(VID)
        self._delete(ada)
        run = self.run_import()
        self.assertOutcome(run, unchanged=1)
        self.assertLeftOut(run)
        run = self.change_and_import(self._ada(address="Kilima Road 4"))
        self.assertOutcome(run, updated=1)
        self.assertEqual((run.member_updated_count, run.member_created_count), (1, 0))
        self.assertLeftOut(run)
        self.assertEqual(self.rows(self.holder("C-1")).individual, ada)
        self.assertOutcome(self.run_import(), unchanged=1)

    def test_nobody_else_takes_the_vid_over(self):
        self.import_records(self._ada())
        self._delete(self.holder(VID))
        run = self.import_records(
            person("ben", "BEN", "N-2"), self._ada(identifier("Test National ID", "N-2"))
        )
        self.assertOutcome(run, "incomplete", created=1, conflict=1)
        self.assertCodes(run, "several_registrants")
        self.assertFalse(self.holder(VID))

    def test_a_namesake_with_another_vid_is_somebody_else(self):
        self.importer.import_registrant_without_id = True
        self.import_records(self._ada(birthdate="1990-05-01"))
        ada = self.holder(VID)
        self._delete(ada)
        run = self.import_records(self._ada(vid=OTHER_VID, birthdate="1990-05-01"))
        self.assertOutcome(run, created=1)
        self.assertNotEqual(self.holder(OTHER_VID), ada)

    def test_a_namesake_in_the_household_with_another_vid_is_somebody_else(self):
        home = household("home", "Mwangi household", "C-1", [("ada", "Head")])
        self.importer = self.households
        self.import_records(self._ada(birthdate="1990-05-01"), home)
        ada = self.holder(VID)
        self._delete(ada)
        self.change_and_import(self._ada(vid=OTHER_VID, birthdate="1990-05-01"))
        self.assertNotEqual(self.holder(OTHER_VID), ada)

    def test_a_person_deleted_here_is_skipped_in_words(self):
        self.import_records(self._ada())
        ada = self.holder(VID)
        self._delete(ada)
        ada.unlink()
        run = self.run_import()
        self.assertOutcome(run, skipped=1)
        self.assertIn("deleted here for good", run.issue_ids.reason)

    def test_a_person_deleted_here_comes_once_where_names_are_enough(self):
        self.importer.import_registrant_without_id = True
        self.import_records(self._ada())
        ada = self.holder(VID)
        self._delete(ada)
        ada.unlink()
        run = self.run_import()
        self.assertOutcome(run, created=1)
        self.assertLeftOut(run)
        self.assertOutcome(self.run_import(), unchanged=1)
        self.assertEqual(len(self._known()), 1)

    # -- staged pages ----------------------------------------------------------------------------

    def _stage(self):
        """Start a run and fetch its page; the import of the page is left waiting."""
        run = self.start()
        self.queue.perform(self.queue.waiting)
        self.assertEqual(run.page_ids.sorted("number")[0].state, "fetched")
        return run

    def test_a_page_that_waits_while_it_is_swept_is_imported_as_if_it_held_the_vid(self):
        self.import_records(self._ada(), person("ben", "BEN", "N-2"))
        ada = self.holder(VID)
        run = self._stage()
        before = run.page_ids.payload.split("\n")
        self.assertEqual(self._delete(ada)["staged_page"], 2)
        after = run.page_ids.payload.split("\n")
        self.assertNotIn(VID, run.page_ids.payload)
        self.assertEqual(before[1], after[1], "the record of somebody else is as it was")
        self.queue.work_off()
        self.assertOutcome(run, unchanged=2)
        self.assertLeftOut(run)
        self.assertEqual(self._known(), ada)
        self.assertOutcome(self.run_import(), unchanged=2)

    def test_a_source_that_sends_it_in_groups_of_digits_is_no_way_round(self):
        self.import_records(self._ada(vid="5813 0762 4968 1375"))
        ada = self.holder("5813 0762 4968 1375")
        run = self._stage()
        self._delete(ada)
        self.assertIn("gone:", run.page_ids.payload)
        self.queue.work_off()
        self.assertOutcome(run, unchanged=1)
        self.change_and_import(self._ada(vid=VID))
        self.assertEqual(self._known(), ada)
        self.assertFalse(ada.reg_ids)

    def test_later_pages_are_staged_without_the_vid(self):
        self.import_records(self._ada())
        self._delete(self.holder(VID))
        run = self.run_import()
        self.assertNotIn(VID, run.page_ids.payload)
        self.assertIn("gone:", run.page_ids.payload)
        self.assertOutcome(run, unchanged=1)

    def test_a_sweep_between_two_pages_does_not_lose_the_place(self):
        self.importer.page_size = 2
        people = [person(f"p{n}", f"P {n}", f"N-{n}") for n in range(4)]
        self.import_records(people[0], self._ada(), *people[1:])
        ada = self.holder(VID)
        run = self._stage()
        self._delete(ada)
        self.queue.work_off()
        self.assertOutcome(run, unchanged=5)
        self.assertEqual(run.page_ids.sorted("number").mapped("received_count"), [2, 2, 1])
        self.assertFalse(any(run.page_ids.mapped("shift")))

    def test_vids_of_an_older_key_are_staged_alike_after_a_change_of_keys(self):
        self.import_records(self._ada())
        self._delete(self.holder(VID))
        before = self.run_import().page_ids.payload
        keys = {"G2P_MTS_VID_KEYS": "new:" + "n" * 40}
        with patch.dict(places.os.environ, keys):
            run = self.run_import()
        self.assertOutcome(run, unchanged=1)
        self.assertEqual(run.page_ids.payload, before)

    def test_a_waiting_page_of_households_too(self):
        home = household("home", "Mwangi household", "C-1", [("ada", "Head")])
        self.importer = self.households
        self.import_records(self._ada(), home)
        ada = self.holder(VID)
        self.social_registry.patch_registrants([self._ada(address="Kilima Road 4")])
        run = self._stage()
        self._delete(ada)
        self.queue.work_off()
        self.assertOutcome(run, updated=1)
        self.assertLeftOut(run)
        self.assertEqual(self.rows(self.holder("C-1")).individual, ada)
        self.assertEqual(ada.address, "Kilima Road 4")

    def test_what_stands_for_a_vid_is_no_id(self):
        self.import_records(self._ada())
        run = self._stage()
        self._delete(self.holder(VID))
        masked = run.page_ids.payload.split('"gone:')[1].split('"')[0]
        for text in (f"gone:{masked}", "gone:" + "0" * 64):
            with self.assertRaises(ValidationError):
                self.env["g2p.reg.id"].create(
                    {"partner_id": self._known().id, "id_type": self.vid_type.id, "value": text}
                )

    def test_undoing_the_run_that_brought_the_person_does_not_bring_the_vid_back(self):
        self.import_records(self._ada())
        ada = self.holder(VID)
        run = self.change_and_import(self._ada(address="Kilima Road 4"))
        self._delete(ada)
        run.with_user(self.manager).action_undo()
        self.queue.work_off()
        self.assertEqual(run.undo_state, "done")
        self.assertFalse(ada.address)
        self.assertFalse(ada.reg_ids)

    # -- cost ------------------------------------------------------------------------------------

    def _statements_of_import(self, number):
        people = [
            person(f"p{n}", f"P {n}", reg_ids=[identifier(VID_TYPE, f"58130762{n:08}")])
            for n in range(number)
        ]
        self.import_records(*people)
        self._delete(*self.importer.imported_registrant_ids.registrant_id)
        run = self.start()
        self.queue.perform(self.queue.waiting)
        page = run.page_ids.with_user(self.operator)
        with self.statements() as statements:
            page._import()
        self.queue.work_off()
        self.assertOutcome(run, unchanged=number)
        self.assertEqual(run.gone_id_count, number)
        return len(statements)

    def test_a_page_costs_the_same_however_many_vids_are_gone(self):
        self.importer.page_size = 1000
        self._statements_of_import(2)
        self.assertEqual(self._statements_of_import(20), self._statements_of_import(60))
