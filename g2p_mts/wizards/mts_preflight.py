from odoo import api, fields, models


class MTSPreflight(models.TransientModel):
    """The answer to: who would be sent, and who not?"""

    _name = "g2p.mts.preflight"
    _description = "Pre-flight"

    connector_id = fields.Many2one(
        "mts.connector", required=True, readonly=True, ondelete="cascade"
    )
    line_ids = fields.One2many("g2p.mts.preflight.line", "preflight_id", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        preflights = super().create(vals_list)
        for preflight in preflights:
            preflight._count()
        return preflights

    def _count(self):
        # The counts are of those registrants that the user may see.
        partners = self.env["res.partner"].sudo(False)
        self.line_ids.create(
            [
                {
                    "preflight_id": self.id,
                    "sequence": sequence,
                    "reason": reason,
                    "people": partners.search_count(domain),
                }
                for sequence, (reason, domain) in enumerate(self.connector_id._preflight())
            ]
        )


class MTSPreflightLine(models.TransientModel):
    """So many people, and why they are sent or not."""

    _name = "g2p.mts.preflight.line"
    _description = "Pre-flight Line"
    _order = "sequence"

    preflight_id = fields.Many2one("g2p.mts.preflight", required=True, ondelete="cascade")
    sequence = fields.Integer()
    reason = fields.Char()
    people = fields.Integer()

    def action_open(self):
        """Button "Open": the people of this line, as a list.

        :returns: the action that opens it
        """
        self.ensure_one()
        self.check_access("read")
        reasons = self.preflight_id.connector_id._preflight()
        return {
            "type": "ir.actions.act_window",
            "name": self.reason,
            "res_model": "res.partner",
            "views": [(False, "list"), (False, "form")],
            "domain": list(reasons[self.sequence][1]),
        }
