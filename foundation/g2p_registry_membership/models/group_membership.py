from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

CRON_BATCH = 1000


class GroupMembership(models.Model):
    """A person in a group. Whoever leaves and comes back has the same row reopened."""

    _name = "g2p.group.membership"
    _description = "Group Membership"
    _order = "id desc"
    _rec_name = "individual"

    group = fields.Many2one(
        "res.partner",
        required=True,
        ondelete="cascade",
        domain=[("is_registrant", "=", True), ("is_group", "=", True)],
    )
    individual = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("is_registrant", "=", True), ("is_group", "=", False)],
    )
    kind = fields.Many2many(
        "g2p.group.membership.kind",
        "g2p_group_membership_g2p_group_membership_kind_rel",
        string="Roles",
        ondelete="restrict",
    )
    start_date = fields.Datetime(default=fields.Datetime.now)
    ended_date = fields.Datetime(help="When the person left. In the future: still a member.")
    is_ended = fields.Boolean("Ended", compute="_compute_status", store=True)
    status = fields.Selection(
        [("inactive", "Inactive"), ("active", "Active")],
        compute="_compute_status",
        store=True,
    )
    individual_birthdate = fields.Date(related="individual.birthdate", string="Date of Birth")
    individual_gender = fields.Selection(related="individual.gender", string="Gender")

    _group_individual_unique = models.UniqueIndex(
        '("group", individual)',
        "This person already has a row in this group. It may have ended: reopen it then. "
        "It is hidden while the person or the group is disabled.",
    )
    _dates_in_order = models.Constraint(
        "CHECK (ended_date >= start_date)", "A membership cannot end before it starts."
    )
    _to_end = models.Index("(ended_date) WHERE is_ended IS NOT TRUE AND ended_date IS NOT NULL")

    @api.depends("ended_date")
    def _compute_status(self):
        now = fields.Datetime.now()
        for membership in self:
            ended = bool(membership.ended_date) and membership.ended_date <= now
            membership.is_ended = ended
            membership.status = "inactive" if ended else "active"

    @api.constrains("group", "individual")
    def _check_sides(self):
        if not all(side.is_registrant and side.is_group for side in self.group):
            raise ValidationError(self.env._("Only a group of the registry can have members."))
        if not all(side.is_registrant and not side.is_group for side in self.individual):
            raise ValidationError(self.env._("Only a person of the registry can be a member."))

    @api.constrains("group", "individual", "kind", "ended_date")
    def _check_unique_kinds(self):
        # Constraints run as superuser: a head the user does not see is a head all the same.
        self._check_unique_kinds_within([("group", "in", self.group.ids)])

    @api.model
    def _check_unique_kinds_within(self, domain):
        """Check that no group has two members in a unique role.

        Ended memberships and disabled persons do not hold a role any more.

        :param domain: which memberships to look at, as a domain
        :raises ValidationError: names the role
        """
        holders = Domain.AND([domain, self._current_domain(), [("kind.is_unique", "=", True)]])
        counts = self._read_group(
            holders, ["group", "kind"], ["__count"], having=[("__count", ">", 1)]
        )
        kinds = self.env["g2p.group.membership.kind"].union(*(kind for _group, kind, _n in counts))
        if taken := kinds.filtered("is_unique")[:1]:
            raise ValidationError(
                self.env._("Only one %(kind)s is allowed per group.", kind=taken.name)
            )

    @api.model
    def _current_domain(self):
        """Return the domain of the memberships that count: not ended, person not disabled."""
        return Domain("is_ended", "=", False) & Domain("individual.disabled", "=", False)

    @api.model
    def _cron_end_memberships(self):
        """End the memberships whose end date has passed since it was set."""
        domain = [("is_ended", "=", False), ("ended_date", "<=", fields.Datetime.now())]
        remaining = self.search_count(domain)
        while due := self.search(domain, limit=CRON_BATCH):
            # Nobody has written anything: it is the clock that changed what the date means.
            due.modified(["ended_date"])
            remaining = max(remaining - len(due), 0)
            if not self.env["ir.cron"]._commit_progress(len(due), remaining=remaining):
                break

    def end_membership(self):
        """End the memberships now. The persons stay on record."""
        self.check_access("write")
        self.filtered(lambda row: not row.is_ended).write({"ended_date": fields.Datetime.now()})

    def reopen_membership(self):
        """Make persons who had left members again."""
        self.write({"ended_date": False})
