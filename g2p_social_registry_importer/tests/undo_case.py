"""What tests of undoing share."""

from contextlib import contextmanager
from unittest.mock import patch

from ..mixins import import_run_undo
from .common import ImporterCase

_PARTNER = ("name", "birthdate", "address", "email", "data_source_id", "z_ind_grp_num_individuals")
_ROWS = {
    "g2p.reg.id": ("partner_id", "id_type", "value", "status", "expiry_date", "gone_at_source"),
    "g2p.phone.number": ("partner_id", "phone_no", "phone_sanitized", "disabled"),
    "g2p.group.membership": ("group", "individual", "kind", "ended_date", "is_ended"),
    "g2p.program_membership": ("partner_id", "program_id", "state"),
}


class UndoCase(ImporterCase):
    """Runs can be undone, and the registry can be compared before and after."""

    def undo(self, run):
        """Press the button as the manager, and work off all jobs."""
        run.with_user(self.manager).action_undo()
        self.queue.work_off()

    def stored(self):
        """All registrants in use, and all their rows, as they are stored: row → values."""
        self.env.invalidate_all()
        partners = self.env["res.partner"].search([("is_registrant", "=", True)])
        found = {(partners._name, row["id"]): row for row in partners.read(_PARTNER, load="")}
        for model, names in _ROWS.items():
            sides = [name for name in names if name in ("partner_id", "group")]
            rows = self.env[model].search([(sides[0], "in", partners.ids)])
            found |= {(model, row["id"]): row for row in rows.read(names, load="")}
        return found

    @contextmanager
    def parts_of(self, number):
        """Have undos proceed by so many before-images at a time."""
        with patch.object(import_run_undo, "_PART", number):
            yield
