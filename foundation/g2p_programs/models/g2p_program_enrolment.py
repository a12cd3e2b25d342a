from odoo import models
from odoo.exceptions import UserError


class G2PProgram(models.Model):
    """Who may be enrolled in a programme, and enrolling them in batches."""

    _inherit = "g2p.program"

    def _enrol(self, partners, state="draft"):
        """Give registrants a membership in this programme, whatever their number.

        Left out in silence are those who are disabled or archived, are no registrants, are of the
        other target type, or have a membership here already, in whichever state.

        :param partners: ``res.partner`` records; may hold duplicates
        :param state: state of the new memberships
        :return: the ``g2p.program_membership`` records created
        :raise UserError: the programme is archived, ended or locked
        """
        self.ensure_one()
        self._check_open()
        new_members = self._acceptable(partners) - self._members_among(partners)
        return (
            self.env["g2p.program_membership"]
            # A log line per person says nothing the row does not say, and costs a query each.
            .with_context(tracking_disable=True)
            .create(
                [
                    {"program_id": self.id, "partner_id": partner.id, "state": state}
                    for partner in new_members
                ]
            )
            .with_env(self.env)
        )

    def _check_open(self):
        """Raise a UserError that says why, unless people can be enrolled now."""
        for program in self:
            reason = program._closed_reason()
            if reason:
                raise UserError(reason)

    def _closed_reason(self):
        """Return in words why nobody can be enrolled, or False."""
        self.ensure_one()
        if not self.active:
            return self.env._("The program “%s” is archived.", self.name)
        if self.state != "active":
            return self.env._("The program “%s” has ended.", self.name)
        if self.locked:
            return self.env._(
                "The program “%(name)s” is locked: %(reason)s",
                name=self.name,
                reason=self.locked_reason or self.env._("background work is under way."),
            )
        return False

    def _acceptable(self, partners):
        """Return the registrants among ``partners`` in use that are of the target type."""
        self.ensure_one()
        for_groups = self.target_type == "group"
        return (partners | partners.browse()).filtered(
            lambda partner: (
                partner.active
                and partner.is_registrant
                and not partner.disabled
                and partner.is_group == for_groups
            )
        )

    def _members_among(self, partners):
        """Return those of ``partners`` who have a membership here, in whichever state."""
        # sudo: a membership that a record rule hides still occupies its place.
        memberships = self.env["g2p.program_membership"].sudo()
        found = memberships.search_fetch(
            [("program_id", "in", self.ids), ("partner_id", "in", partners.ids)], ["partner_id"]
        )
        return partners.browse(found.partner_id.ids)
