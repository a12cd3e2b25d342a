from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

PROGRAM_READERS = (
    "g2p_programs.g2p_program_validator,g2p_programs.g2p_finance_validator,"
    "g2p_registry_base.group_g2p_registrar"
)


class ResPartner(models.Model):
    """Registrants know the programmes they take part in."""

    _inherit = "res.partner"

    program_membership_ids = fields.One2many(
        "g2p.program_membership",
        "partner_id",
        string="Program Memberships",
        groups=PROGRAM_READERS,
    )
    program_membership_count = fields.Integer(
        string="Programs", compute="_compute_program_membership_count", groups=PROGRAM_READERS
    )

    @api.constrains("is_registrant", "is_group")
    def _check_still_fits_programs(self):
        wrong_type = Domain("program_id.target_type", "=", "group") & Domain(
            "partner_id.is_group", "=", False
        ) | Domain("program_id.target_type", "=", "individual") & Domain(
            "partner_id.is_group", "=", True
        )
        misfit = wrong_type | Domain("partner_id.is_registrant", "=", False)
        # sudo: memberships the user does not see would break just the same.
        memberships = self.env["g2p.program_membership"].sudo()
        if memberships.search_count(Domain("partner_id", "in", self.ids) & misfit, limit=1):
            raise ValidationError(
                self.env._("A registrant who is in a program cannot change its type.")
            )

    @api.depends("program_membership_ids")
    def _compute_program_membership_count(self):
        groups = self.env["g2p.program_membership"]._read_group(
            [("partner_id", "in", self.ids)], ["partner_id"], ["__count"]
        )
        counts = {partner.id: count for partner, count in groups}
        for partner in self:
            partner.program_membership_count = counts.get(partner.id, 0)

    def unlink(self):
        self.check_access("unlink")
        # The database would cascade as well, but leave messages behind and have_members as it
        # was. sudo: whoever may delete the registrant must not leave its memberships.
        memberships = self.env["g2p.program_membership"].sudo()
        memberships.search([("partner_id", "in", self.ids)]).unlink()
        return super().unlink()

    def action_open_program_memberships(self):
        """Return the action that lists the programmes of this registrant."""
        self.ensure_one()
        self.env["g2p.program_membership"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "g2p_programs.action_program_membership"
        )
        return {
            **action,
            "display_name": self.env._("Programs of %s", self.display_name),
            "domain": [("partner_id", "=", self.id)],
            "context": {"default_partner_id": self.id},
        }

    def action_assign_to_program(self):
        """Return the dialog that adds these registrants to a programme."""
        self.env["g2p.assign.program.wizard"].check_access("create")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Add to Program"),
            "res_model": "g2p.assign.program.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_partner_ids": self.ids},
        }
