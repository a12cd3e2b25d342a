from odoo import fields, models


class IDType(models.Model):
    """With a type goes what is remembered of deleted VIDs of that type."""

    _inherit = "g2p.id.type"

    # Kept by what remembers: to look for it among all that is gone took an index more.
    has_gone = fields.Boolean(
        "Deleted VIDs Are Remembered", readonly=True, copy=False, groups=fields.NO_ACCESS
    )

    def unlink(self):
        type_ids = self.ids
        result = super().unlink()
        # sudo: nobody reads what is gone; whoever may delete the type ends its memory.
        self.env["g2p.mts.vid.gone"].sudo()._forget_types(type_ids)
        return result
