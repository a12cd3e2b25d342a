"""Setting registrants back to what they were before a run."""

from collections.abc import Iterable
from dataclasses import dataclass

from psycopg2 import IntegrityError

from odoo.exceptions import UserError

from odoo.addons.g2p_registry_base.unlogged import refused_statements_unlogged

from ..meaning.problems import Code, Problem
from .context import SILENT
from .undo_case import Case, cases_of
from .undo_check import UndoCheck
from .undo_write import UndoWrite


@dataclass(frozen=True)
class UndoResult:
    """How many registrants were set back, and how many were left as they are."""

    undone: int
    skipped: int


class Undo:
    """Undoes one run, some registrants at a time.

    :param run: ``g2p.social.registry.import.run`` record that may be written
    """

    def __init__(self, run):
        company = run.fetch_social_registry_id.company_id
        self._run = run.with_context(**SILENT, active_test=False).with_company(company)

    def set_back(self, images) -> UndoResult:
        """Set back whom nobody has changed since, and list the others as issues.

        :param images: all before-images of some registrants that wait, newest first
        """
        cases = cases_of(images.with_env(self._run.env))
        for is_group in (True, False):  # people stay who are members of a household that stays
            same = [case for case in cases if case.partner.is_group == is_group]
            UndoCheck(self._run, same).look()
            self._write([case for case in same if not case.problem])
        self._record(cases)
        skipped = sum(bool(case.problem) for case in cases)
        return UndoResult(len(cases) - skipped, skipped)

    def _write(self, cases: list[Case]) -> None:
        """All at once; if something objects, one by one, to leave only those it is about."""
        if not self._try(cases):
            for case in cases:
                if not self._try([case]):
                    case.problem = _rejected()

    def _try(self, cases: list[Case]) -> bool:
        try:
            # Odoo logs a statement that fails with its values: somebody's names and numbers.
            with refused_statements_unlogged(), self._run.env.cr.savepoint():
                UndoWrite(self._run, cases).write()
        except (UserError, IntegrityError):
            return False
        return True

    def _record(self, cases: Iterable[Case]) -> None:
        images = self._run.env["g2p.social.registry.import.before.image"]
        issues = self._run.env["g2p.social.registry.import.issue"]
        left = [case for case in cases if case.problem]
        undone = images.union(*(case.images for case in cases if not case.problem))
        undone.write({"undo_state": "undone", "before": False, "after": False})
        images.union(*(case.images for case in left)).undo_state = "skipped"
        issues.create([issues._prepare_run_vals(self._run, c.partner, c.problem) for c in left])


def _rejected() -> Problem:
    reason = (
        "What it was before cannot be any more, e.g. because another registrant has its ID or is "
        "head of its household now. It was left as it is; correct it by hand."
    )
    return Problem(Code.UNDO_REJECTED, "", reason)
