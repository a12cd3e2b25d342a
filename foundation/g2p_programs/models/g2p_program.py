from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain


class G2PProgram(models.Model):
    """A programme people or households are enrolled in."""

    _name = "g2p.program"
    _description = "Program"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "name, id"

    name = fields.Char(required=True, tracking=True)
    description = fields.Text()
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index=True, default=lambda self: self.env.company, tracking=True
    )
    target_type = fields.Selection(
        [("group", "Group"), ("individual", "Individual")],
        required=True,
        default="group",
        tracking=True,
    )
    state = fields.Selection(
        [("active", "Active"), ("ended", "Ended")],
        required=True,
        readonly=True,
        default="active",
        copy=False,
        tracking=True,
    )
    date_ended = fields.Date(compute="_compute_date_ended", store=True)
    locked = fields.Boolean(
        readonly=True,
        copy=False,
        help="Background work is under way: nobody can be enrolled until it is finished.",
    )
    locked_reason = fields.Char(readonly=True, copy=False)
    program_membership_ids = fields.One2many(
        "g2p.program_membership", "program_id", string="Beneficiaries"
    )
    have_members = fields.Boolean(
        string="Has Beneficiaries", compute="_compute_have_members", store=True
    )
    beneficiaries_count = fields.Integer(compute="_compute_beneficiaries_counts")
    eligible_beneficiaries_count = fields.Integer(
        string="Enrolled Count", compute="_compute_beneficiaries_counts"
    )
    duplicate_membership_count = fields.Integer(
        string="Duplicated Count", compute="_compute_beneficiaries_counts"
    )

    @api.constrains("target_type")
    def _check_target_type_fits_members(self):
        for_groups = self.filtered(lambda program: program.target_type == "group")
        wrong_kind = (
            Domain("program_id", "in", for_groups.ids) & Domain("partner_id.is_group", "=", False)
        ) | (
            Domain("program_id", "in", (self - for_groups).ids)
            & Domain("partner_id.is_group", "=", True)
        )
        # sudo: the rule must also see members whom the user's record rules hide.
        memberships = self.env["g2p.program_membership"].sudo()
        if memberships.search_count(wrong_kind, limit=1):
            raise ValidationError(
                self.env._("The target type cannot change while the program has beneficiaries.")
            )

    @api.depends("state")
    def _compute_date_ended(self):
        for program in self:
            ended = program.state == "ended"
            program.date_ended = ended and (
                program.date_ended or fields.Date.context_today(program)
            )

    @api.depends("program_membership_ids")
    def _compute_have_members(self):
        # A semi-join stops at the first member; counting would read them all at each enrolment.
        with_members = self.with_context(active_test=False).search(
            [("id", "in", self.ids), ("program_membership_ids", "!=", False)]
        )
        for program in self:
            program.have_members = program in with_members

    @api.depends("program_membership_ids.state")
    def _compute_beneficiaries_counts(self):
        groups = self.env["g2p.program_membership"]._read_group(
            [("program_id", "in", self.ids)], ["program_id", "state"], ["__count"]
        )
        counts = {(program.id, state): count for program, state, count in groups}
        states = [state for state, _label in self._membership_states()]
        for program in self:
            by_state = {state: counts.get((program.id, state), 0) for state in states}
            program.beneficiaries_count = sum(by_state.values())
            program.eligible_beneficiaries_count = by_state["enrolled"]
            program.duplicate_membership_count = by_state["duplicated"]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_members(self):
        # sudo: members whom record rules hide count as well.
        if any(self.sudo().mapped("have_members")):
            raise UserError(
                self.env._(
                    "A program with beneficiaries cannot be deleted, as their history would be "
                    "lost. End it, or archive it."
                )
            )

    def end_program(self):
        """End these programmes: nobody can be enrolled any more. Needs write access."""
        self.check_access("write")
        self.filtered(lambda program: program.state == "active").state = "ended"

    def reactivate_program(self):
        """Open ended programmes again. Needs write access."""
        self.check_access("write")
        self.filtered(lambda program: program.state == "ended").state = "active"

    def action_open_beneficiaries(self):
        """Return the action that lists the memberships of this programme."""
        self.ensure_one()
        self.env["g2p.program_membership"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "g2p_programs.action_program_membership"
        )
        return {
            **action,
            "display_name": self.env._("Beneficiaries of %s", self.name),
            "domain": [("program_id", "=", self.id)],
            "context": {"default_program_id": self.id},
        }

    def _membership_states(self):
        return self.env["g2p.program_membership"]._fields["state"].selection
