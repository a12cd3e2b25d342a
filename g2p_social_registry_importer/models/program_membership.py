from odoo import fields, models


class ProgramMembership(models.Model):
    """A programme membership remembers which import enrolled the registrant."""

    _name = "g2p.program_membership"
    _inherit = ["g2p.own.fields", "g2p.program_membership"]
    # Undoing a run deletes the drafts that it made.
    _own_fields = ("import_run_id",)

    import_run_id = fields.Many2one(
        "g2p.social.registry.import.run",
        "Enrolled by Import",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        copy=False,
    )
