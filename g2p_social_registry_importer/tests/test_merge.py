from odoo.tests import tagged

from .common import ImporterCase
from .people import CARD, NATIONAL, household, identifier


@tagged("post_install", "-at_install")
class TestMerge(ImporterCase):
    """What the words of a conflict tell people to do, and the way on from there."""

    def test_two_registrants_of_one_import_are_merged_and_the_retry_goes_through(self):
        national = identifier(NATIONAL, "N-1")
        self.import_records(
            household("h1", "Otieno household", "C-1"),
            household("h2", "Otieno family", reg_ids=[national]),
        )
        one, other = self.holder("C-1"), self.holder("N-1")
        run = self.import_records(
            household("h1", "Otieno household", reg_ids=[identifier(CARD, "C-1"), national])
        )
        self.assertCodes(run, "several_registrants")
        self.env["base.partner.merge.automatic.wizard"]._merge((one + other).ids, one)
        run.with_user(self.operator).action_retry()
        self.queue.work_off()
        self.assertOutcome(run, "done", unchanged=1)
        self.assertEqual(self.importer.imported_registrant_ids.registrant_id, one)
