from odoo import api, fields, models
from odoo.exceptions import ValidationError


class G2PProgramMembership(models.Model):
    """One registrant, person or household, in one programme."""

    _name = "g2p.program_membership"
    _description = "Program Membership"
    _inherit = ["mail.thread"]
    _rec_name = "partner_id"
    _order = "id desc"

    partner_id = fields.Many2one(
        "res.partner",
        string="Registrant",
        required=True,
        ondelete="cascade",
        domain=[("is_registrant", "=", True), ("disabled", "=", False)],
    )
    program_id = fields.Many2one("g2p.program", required=True, ondelete="restrict")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("enrolled", "Enrolled"),
            ("paused", "Paused"),
            ("exited", "Exited"),
            ("not_eligible", "Not Eligible"),
            ("duplicated", "Duplicated"),
        ],
        required=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    deduplication_status = fields.Selection(
        [
            ("new", "New"),
            ("processing", "Processing"),
            ("verified", "Verified"),
            ("duplicated", "Duplicated"),
        ],
        required=True,
        default="new",
        copy=False,
    )
    enrollment_date = fields.Datetime(
        compute="_compute_enrollment_date",
        store=True,
        precompute=True,
        help="When the registrant was first enrolled.",
    )
    exit_date = fields.Date(compute="_compute_exit_date", store=True, precompute=True)
    last_deduplication = fields.Date(readonly=True, copy=False)
    delivery_mechanism_value = fields.Char(
        help="Where payments go, in the words of the programme's payment provider."
    )
    registrant_id = fields.Integer(string="Registrant Number", related="partner_id.id")
    is_group = fields.Boolean(related="partner_id.is_group")
    target_type = fields.Selection(related="program_id.target_type")
    company_id = fields.Many2one(related="program_id.company_id")

    _partner_program_uniq = models.Constraint(
        "UNIQUE(partner_id, program_id)", "Beneficiary must be unique per programme."
    )
    _program_state_idx = models.Index("(program_id, state)")

    @api.constrains("partner_id", "program_id")
    def _check_may_take_part(self):
        for program, memberships in self.grouped("program_id").items():
            if program._closed_reason():
                raise ValidationError(program._closed_reason())
            if program._acceptable(memberships.partner_id) != memberships.partner_id:
                raise ValidationError(
                    self.env._(
                        "Only registrants who are not disabled and are of the target type of "
                        "“%s” can take part in it.",
                        program.name,
                    )
                )

    @api.depends("state")
    def _compute_enrollment_date(self):
        for membership in self:
            enrolled = membership.state == "enrolled"
            membership.enrollment_date = membership.enrollment_date or (
                enrolled and fields.Datetime.now()
            )

    @api.depends("state")
    def _compute_exit_date(self):
        for membership in self:
            exited = membership.state == "exited"
            membership.exit_date = exited and (
                membership.exit_date or fields.Date.context_today(membership)
            )

    def enroll_eligible_registrants(self):
        """Enrol drafts; those who may not take part (any more) become not eligible.

        Needs write access.

        :raise UserError: a programme is archived, ended or locked
        """
        self.check_access("write")
        waiting = self.filtered(lambda membership: membership.state in ("draft", "not_eligible"))
        waiting.program_id._check_open()
        for program, memberships in waiting.grouped("program_id").items():
            acceptable = program._acceptable(memberships.partner_id)
            eligible = memberships.filtered(lambda row, who=acceptable: row.partner_id in who)
            eligible.state = "enrolled"
            (memberships - eligible).state = "not_eligible"

    def action_resume(self):
        """Enrol paused and exited members again. Needs write access.

        :raise UserError: a programme is archived, ended or locked
        """
        self.check_access("write")
        self.program_id._check_open()
        self._move({"paused", "exited"}, "enrolled")

    def action_pause(self):
        """Pause enrolled members. Needs write access."""
        self._move({"enrolled"}, "paused")

    def action_exit(self):
        """Take enrolled and paused members out of the programme. Needs write access."""
        self._move({"enrolled", "paused"}, "exited")

    def _move(self, from_states, to_state):
        self.check_access("write")
        self.filtered(lambda membership: membership.state in from_states).state = to_state
