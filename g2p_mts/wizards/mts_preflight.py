from odoo import api, fields, models
from odoo.exceptions import AccessError

_ALWAYS_TOLD = 2


class MTSPreflight(models.TransientModel):
    """The answer to: who would be sent, and who not?"""

    _name = "g2p.mts.preflight"
    _description = "Pre-flight"

    connector_id = fields.Many2one(
        "mts.connector", required=True, readonly=True, ondelete="cascade"
    )
    line_ids = fields.One2many("g2p.mts.preflight.line", "preflight_id", readonly=True)
    shows_people = fields.Boolean(
        compute="_compute_shows_people", help="Whether the people behind the numbers can be opened."
    )

    @api.model_create_multi
    def create(self, vals_list):
        preflights = super().create(vals_list)
        for preflight in preflights:
            preflight._count()
        return preflights

    def _compute_shows_people(self):
        for preflight in self:
            connector = preflight.connector_id
            preflight.shows_people = connector._may_read_registrants(self.env.user)

    def _count(self):
        counted = [
            {"preflight_id": self.id, "sequence": sequence, "reason": reason, "people": people}
            for sequence, (reason, domain) in enumerate(self.connector_id._preflight())
            # How many are meant, and how many can be sent, is told always; else, who there is.
            if (people := self.connector_id._people_in(domain)) or sequence < _ALWAYS_TOLD
        ]
        self.line_ids.create(counted)


class MTSPreflightLine(models.TransientModel):
    """So many people, and why they are sent or not."""

    _name = "g2p.mts.preflight.line"
    _description = "Pre-flight Line"
    _order = "sequence"

    preflight_id = fields.Many2one("g2p.mts.preflight", required=True, ondelete="cascade")
    sequence = fields.Integer()
    reason = fields.Char()
    people = fields.Integer()
    shows_people = fields.Boolean(related="preflight_id.shows_people")

    def action_open(self):
        """Button "Open": the people of this line, as a list.

        :returns: the action that opens it
        :raises AccessError: the caller may not read the IDs of registrants
        """
        self.ensure_one()
        self.check_access("read")
        if not self.shows_people:
            raise AccessError(self.env._("Only who may read registrants and their IDs sees them."))
        reasons = self.preflight_id.connector_id._preflight()
        return {
            "type": "ir.actions.act_window",
            "name": self.reason,
            "res_model": "res.partner",
            "views": [(False, "list"), (False, "form")],
            "domain": list(reasons[self.sequence][1]),
        }
