from hypothesis import HealthCheck, given, settings

from odoo.tests import tagged

from .undo_case import UndoCase
from .worlds import SPOUSE, VOTER, worlds

EXAMPLES = 20


@tagged("post_install", "-at_install")
class TestUndoProperty(UndoCase):
    """Whatever a run did, undoing it leaves every row as it was."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["g2p.id.type"].create({"name": VOTER})
        cls.env["g2p.group.membership.kind"].create({"name": SPOUSE})

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors],
    )
    @given(one=worlds(), other=worlds())
    def test_an_undone_run_leaves_no_trace(self, one, other):
        savepoint = self.env.cr.savepoint()
        try:
            self.import_records(*one)
            before = self.stored()
            run = self.import_records(*other)
            self.undo(run)
            self.assertEqual((run.undo_state, run.undo_skipped_count), ("done", 0))
            self.assertEqual(self.stored(), before)
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()
