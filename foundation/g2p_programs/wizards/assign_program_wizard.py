from odoo import api, fields, models


class G2PAssignProgramWizard(models.TransientModel):
    """Enrols chosen registrants in a programme, and says beforehand who is left out and why."""

    _name = "g2p.assign.program.wizard"
    _description = "Add to Program"

    partner_ids = fields.Many2many("res.partner", string="Registrants", required=True)
    target_type = fields.Selection(
        selection=lambda self: self.env["g2p.program"]._fields["target_type"].selection,
        compute="_compute_target_type",
        help="Empty when both groups and individuals were chosen.",
    )
    program_id = fields.Many2one(
        "g2p.program",
        required=True,
        domain="[('state', '=', 'active'), ('locked', '=', False),"
        " ('target_type', '=?', target_type)]",
    )
    chosen_count = fields.Integer(string="Chosen", compute="_compute_preview")
    new_count = fields.Integer(string="Will be added", compute="_compute_preview")
    member_count = fields.Integer(string="Already in the program", compute="_compute_preview")
    refused_count = fields.Integer(
        string="Left out",
        compute="_compute_preview",
        help="Disabled, of the other target type, or not registrants.",
    )

    @api.depends("partner_ids.is_group")
    def _compute_target_type(self):
        for wizard in self:
            kinds = set(wizard.partner_ids.mapped("is_group"))
            homogeneous = len(kinds) == 1
            wizard.target_type = homogeneous and ("group" if kinds.pop() else "individual")

    @api.depends("partner_ids", "program_id")
    def _compute_preview(self):
        for wizard in self:
            chosen, program = wizard.partner_ids._origin, wizard.program_id._origin
            acceptable = program._acceptable(chosen) if program else chosen
            members = program._members_among(acceptable)
            wizard.chosen_count = len(chosen)
            wizard.member_count = len(members)
            wizard.new_count = len(acceptable - members) if program else 0
            wizard.refused_count = len(chosen - acceptable)

    def action_assign(self):
        """Enrol whoever may be, then say how many. Needs the right to create memberships.

        :raise UserError: the programme is archived, ended or locked
        """
        self.ensure_one()
        chosen_count = len(self.partner_ids)
        added_count = len(self.program_id._enrol(self.partner_ids))
        message = self.env._(
            "Added to “%(program)s”: %(added)s of %(chosen)s.",
            program=self.program_id.name,
            added=added_count,
            chosen=chosen_count,
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if added_count else "warning",
                "message": message,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
