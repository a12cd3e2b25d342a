from odoo import fields, models


class ProgramMembership(models.Model):
    """A programme membership remembers which import enrolled the registrant."""

    _inherit = "g2p.program_membership"

    import_run_id = fields.Many2one(
        "g2p.social.registry.import.run",
        "Enrolled by Import",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        copy=False,
    )
