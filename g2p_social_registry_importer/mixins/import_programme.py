from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class SocialRegistryImportProgramme(models.AbstractModel):
    """The programme whom an import brings in are enrolled in, and as what."""

    _name = "g2p.social.registry.import.programme"
    _description = "Programme of an Import"

    target_program = fields.Many2one(
        "g2p.program",
        "Program",
        ondelete="set null",
        help="Who is imported is enrolled here, unless disabled, archived or known to the "
        "programme already.",
    )
    enrolment_state = fields.Selection(
        [("draft", "Draft"), ("enrolled", "Enrolled")],
        "Enrol As",
        required=True,
        default="draft",
        help="Draft: an application, which the programme decides on. Enrolled: members at once, "
        "of whom nobody asks whether they are eligible; only who manages programmes may say so.",
    )

    @api.constrains("target_registry", "target_program", "company_id")
    def _check_target_program(self):
        for importer in self.filtered("target_program"):
            if why := importer._why_not_this_programme():
                raise ValidationError(why)

    def _why_not_this_programme(self):
        """Why the programme is not one of this import; empty when it may be."""
        # sudo: a programme of another company is only named to who has chosen it, or has it here.
        program = self.target_program.sudo()
        if program.target_type != self.target_registry:
            return self.env._(
                "The programme “%(name)s” is not for the target registry of this import.",
                name=program.name,
            )
        if program.company_id not in (self.company_id, program.company_id.browse()):
            return self.env._(
                "The programme “%(name)s” belongs to another company than the import.",
                name=program.name,
            )
        return ""

    @api.constrains("enrolment_state", "target_program")
    def _check_may_enrol_at_once(self):
        """Importing people is no right to decide about them in a programme's place."""
        # Constraints are checked with every right: here it is the writer's own that counts.
        memberships = self.env["g2p.program_membership"].with_user(self.env.uid)
        if self._enrol_at_once() and not memberships.has_access("create"):
            raise ValidationError(
                self.env._(
                    "Only who manages programmes may let an import enrol people at once. Let it "
                    "enrol them as drafts, or ask a programme manager."
                )
            )

    def _enrol_at_once(self):
        return self.filtered(lambda one: one.target_program and one.enrolment_state != "draft")

    @api.onchange("target_registry", "company_id")
    def _onchange_target_registry(self):
        if self.target_program and self._why_not_this_programme():
            self.target_program = False

    def _check_programme_takes_people(self):
        """:raises UserError: nobody could be enrolled; says why"""
        if not self.target_program:
            return
        # sudo: operators may see the programme, but not every setting that closes it.
        closed = self.target_program.sudo()._closed_reason()
        if why := self._why_not_this_programme() or closed:
            raise UserError(self.env._("%(why)s Choose another programme first.", why=why))
