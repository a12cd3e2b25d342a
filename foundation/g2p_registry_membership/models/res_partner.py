from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class ResPartner(models.Model):
    """Groups know their members, persons their groups."""

    _inherit = "res.partner"

    group_membership_ids = fields.One2many("g2p.group.membership", "group", "Members")
    individual_membership_ids = fields.One2many(
        "g2p.group.membership", "individual", "Group Memberships"
    )
    z_ind_grp_num_individuals = fields.Integer(
        "Number of Members",
        compute="_compute_z_ind_grp_num_individuals",
        store=True,
        help="Persons who are members now and not disabled.",
    )
    head_id = fields.Many2one(
        "res.partner", compute="_compute_head_id", help="The head of the group, if known."
    )

    @api.depends("group_membership_ids.is_ended", "group_membership_ids.individual.disabled")
    def _compute_z_ind_grp_num_individuals(self):
        groups = self.filtered("is_group")
        counts = groups._count_members() if groups else {}
        for partner in self:
            partner.z_ind_grp_num_individuals = counts.get(partner.id, 0)

    def _count_members(self):
        """Return how many current members the groups have, by group id."""
        memberships = self.env["g2p.group.membership"]
        domain = Domain("group", "in", self.ids) & memberships._current_domain()
        counts = memberships._read_group(domain, ["group"], ["__count"])
        return {group.id: count for group, count in counts}

    @api.depends(
        "group_membership_ids.is_ended",
        "group_membership_ids.kind",
        "group_membership_ids.individual.disabled",
    )
    def _compute_head_id(self):
        heads = self._heads()
        for partner in self:
            partner.head_id = heads.get(partner.id)

    def _heads(self):
        """Return the heads of the groups as records, by group id."""
        memberships = self.env["g2p.group.membership"]
        kind = self.env["g2p.group.membership.kind"]._head()
        domain = Domain("group", "in", self.ids) & memberships._current_domain()
        rows = memberships.search_fetch(
            domain & Domain("kind", "in", kind.ids), ["group", "individual"]
        )
        return {row.group.id: row.individual for row in rows}

    @api.constrains("is_registrant", "is_group")
    def _check_still_fits_memberships(self):
        memberships = self.env["g2p.group.membership"]
        as_group = Domain("group", "in", self.filtered(lambda p: not self._is(p, True)).ids)
        as_person = Domain("individual", "in", self.filtered(lambda p: not self._is(p, False)).ids)
        if memberships.search_count(as_group | as_person, limit=1):
            raise ValidationError(
                self.env._("A registrant with memberships cannot change its type.")
            )

    @api.model
    def _is(self, partner, group):
        return partner.is_registrant and partner.is_group == group

    @api.constrains("disabled")
    def _check_unique_kinds_when_enabled(self):
        enabled = self.filtered(lambda partner: not partner.disabled)
        memberships = self.env["g2p.group.membership"]
        groups = memberships.search([("individual", "in", enabled.ids)]).group
        memberships._check_unique_kinds_within([("group", "in", groups.ids)])
