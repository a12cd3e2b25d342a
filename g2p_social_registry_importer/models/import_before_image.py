from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

_EXPIRED_AT_ONCE = 1000


class SocialRegistryImportBeforeImage(models.Model):
    """A registrant that a run created or changed, with what it was before; for undoing the run.

    A run that meets a registrant several times has a row for each time it wrote.
    """

    _name = "g2p.social.registry.import.before.image"
    _description = "Before-Image of an Import"
    _order = "run_id desc, id desc"
    _rec_name = "registrant_id"

    run_id = fields.Many2one(
        "g2p.social.registry.import.run", required=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="run_id.company_id")
    registrant_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="cascade", readonly=True
    )
    is_group = fields.Boolean("Group?", readonly=True)
    is_created = fields.Boolean("Created?", readonly=True, help="The run created the registrant.")
    undo_state = fields.Selection(
        [("undone", "Set Back"), ("skipped", "Skipped")], "Undo", readonly=True
    )
    before = fields.Json(
        readonly=True,
        prefetch=False,
        groups=fields.NO_ACCESS,
        help="See meaning/changes.py. Emptied when it is set back or expires.",
    )
    after = fields.Json(
        readonly=True,
        prefetch=False,
        groups=fields.NO_ACCESS,
        help="Digests by which later changes are noticed.",
    )

    _of_run = models.Index("(run_id, undo_state, is_group, id)")

    @api.autovacuum
    def _gc_expired(self):
        """What registrants were like before a run that can be undone no more, nobody needs."""
        runs = self.env["g2p.social.registry.import.run"]
        limit = fields.Datetime.now() - timedelta(days=runs._undo_days())
        expired = self.search(
            runs._ended_before(limit) & Domain("run_id.undo_state", "!=", "running"),
            limit=_EXPIRED_AT_ONCE,
        )
        expired.unlink()
        return len(expired), int(len(expired) == _EXPIRED_AT_ONCE)
