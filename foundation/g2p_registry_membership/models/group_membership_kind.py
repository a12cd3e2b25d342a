from odoo import api, fields, models
from odoo.exceptions import UserError


class GroupMembershipKind(models.Model):
    """A role of a member in a group, such as its head."""

    _name = "g2p.group.membership.kind"
    _inherit = "g2p.name.mixin"
    _description = "Group Membership Kind"
    _order = "name"

    is_unique = fields.Boolean("Unique", help="A group has at most one member in this role.")

    @api.constrains("is_unique")
    def _check_is_unique(self):
        memberships = self.env["g2p.group.membership"]
        memberships._check_unique_kinds_within([("kind", "in", self.ids)])

    def write(self, vals):
        self._refuse_if_protected()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_protected(self):
        self._refuse_if_protected()

    def _refuse_if_protected(self):
        head = self._head()
        if head and head in self:
            raise UserError(self.env._('"%(kind)s" cannot be changed or deleted.', kind=head.name))

    @api.model
    def _head(self):
        """Return the kind of the head of a group; empty if it was removed."""
        head = self.env.ref(
            "g2p_registry_membership.group_membership_kind_head", raise_if_not_found=False
        )
        return head or self.browse()
