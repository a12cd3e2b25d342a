from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..flow.held_rows import WHERE
from .import_run_lifecycle import ACTIVE

_IMPORT = "fetch_social_registry_id"
_ENDED = Domain("run_id.state", "not in", ACTIVE) & Domain("run_id.undo_state", "!=", "running")


class HeldDataPurging(models.AbstractModel):
    """Removing what an import holds, before it expires."""

    _name = "g2p.social.registry.held.data.purging"
    _description = "Purging of Data Held by an Import"

    def action_purge(self):
        """Button "Purge": remove these data for good, and note who did.

        Of runs under way nothing is removed. Registrants stay as they are.

        :raises AccessError: the caller is no data-protection officer
        :raises UserError: the import still needs them, or there is nothing to remove
        """
        if not self.env.user.has_group("g2p_social_registry_importer.group_import_officer"):
            raise AccessError(self.env._("Only data-protection officers may do this."))
        self.check_access("read")
        for held in self:
            held._purge()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _purge(self):
        if not self.can_be_purged:
            raise UserError(
                self.env._(
                    "The import “%s” needs these links: without them the next run takes people "
                    "without identifier for new ones. Archive the import first.",
                    self.import_id.display_name,
                )
            )
        rows = self._held(to_purge=True)
        if not rows:
            raise UserError(self.env._("Nothing can be removed while a run is under way."))
        self._note_purge(len(rows))
        self._remove(rows)
        self.env.flush_all()
        self.invalidate_model()

    def _held(self, to_purge=False):
        """The rows of this kind; only those of ended runs when they are to go."""
        kind = WHERE[self.kind]
        importer = "run_id.fetch_social_registry_id" if kind.is_of_runs else _IMPORT
        domain = kind.holds & Domain(importer, "=", self.import_id.id)
        if to_purge and kind.is_of_runs:
            domain &= _ENDED
        # sudo: officers see the import, and may purge; what is written is fixed here.
        return self.env[kind.model].sudo().search(domain)

    def _remove(self, rows):
        runs = self.env["g2p.social.registry.import.run"]
        if self.kind == "staged":
            runs._forget_records(rows)
        elif self.kind == "issue_label":
            runs._forget_labels(rows)
        elif self.kind == "error":
            runs._forget_errors(rows)
        elif self.kind == "decision_label":
            rows.record_label = False
        else:
            rows.unlink()

    def _note_purge(self, number):
        # sudo: nobody has the right to write what is noted.
        self.env["g2p.social.registry.purge"].sudo().create(
            {
                "kind": self.kind,
                "number": number,
                "oldest": self.oldest,
                "import_id": self.import_id.id,
                "import_name": self.import_id.display_name,
                "company_id": self.company_id.id,
            }
        )
