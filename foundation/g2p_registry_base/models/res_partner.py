import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError


class ResPartner(models.Model):
    """A partner that is a registrant: an individual, or a group such as a household."""

    _inherit = "res.partner"

    is_registrant = fields.Boolean()
    is_group = fields.Boolean("Group")
    address = fields.Text()
    registration_date = fields.Date(default=fields.Date.context_today)
    reg_ids = fields.One2many("g2p.reg.id", "partner_id", "IDs")
    phone_number_ids = fields.One2many("g2p.phone.number", "partner_id", "Phone Numbers")
    related_1_ids = fields.One2many("g2p.reg.rel", "destination", "Relations From")
    related_2_ids = fields.One2many("g2p.reg.rel", "source", "Relations To")
    disabled = fields.Datetime("Date Disabled", copy=False)
    disabled_by = fields.Many2one("res.users", copy=False)
    disabled_reason = fields.Text(copy=False)
    # Not copied: whoever duplicates a contact may have no access to registry tags.
    tags_ids = fields.Many2many("g2p.registrant.tags", string="Registrant Tags", copy=False)
    district = fields.Many2one("g2p.district", ondelete="restrict")
    civil_status = fields.Char()
    occupation = fields.Char()
    income = fields.Float()

    # Companies and users are partners too, so the column cannot simply be required.
    _registrant_has_company = models.Constraint(
        "CHECK (is_registrant IS NOT TRUE OR company_id IS NOT NULL)",
        "A registrant belongs to a company.",
    )
    # The list of groups, in the order of partners. That of individuals, who are the many, is
    # served by the index on the name.
    _registrant_groups = models.Index(
        "(complete_name, id DESC) WHERE is_registrant IS TRUE AND is_group IS TRUE"
    )

    @api.constrains("registration_date")
    def _check_registration_date(self):
        today = self._latest_today()
        if any(p.registration_date and p.registration_date > today for p in self):
            raise ValidationError(self.env._("The registration date must not be in the future."))

    @api.model
    def _latest_today(self):
        """Today's date, for the user or in UTC, whichever is later."""
        return max(fields.Date.context_today(self), fields.Date.today())

    @api.constrains("phone", "is_registrant")
    def _check_phone_format(self):
        partners = self.filtered(lambda partner: partner.is_registrant and partner.phone)
        pattern = partners and self._phone_pattern()
        if pattern and not all(
            pattern.match(number.strip())
            for partner in partners
            for number in partner.phone.split(",")
        ):
            raise ValidationError(
                self.env._("A phone number does not have the format set for the registry.")
            )

    @api.model
    def _phone_pattern(self):
        """Return the compiled phone format of the registry, or None if there is none.

        For constraints, which run as superuser: registrars cannot read system parameters.

        :raises ValidationError: the setting is no regular expression
        """
        regex = self.env["ir.config_parameter"].get_param("g2p_registry.phone_regex")
        try:
            return re.compile(regex) if regex else None
        except re.error as error:
            raise ValidationError(
                self.env._("The phone format in the settings is no regular expression.")
            ) from error

    @api.onchange("phone_number_ids")
    def _onchange_phone_number_ids(self):
        active_phones = self.phone_number_ids.filtered(lambda phone: not phone.disabled)
        self.phone = ", ".join(filter(None, active_phones.mapped("phone_no")))

    @api.onchange("income")
    def _onchange_income(self):
        self.income = max(self.income, 0)

    @api.model_create_multi
    def create(self, vals_list):
        registrant_by_default = self.env.context.get("default_is_registrant")
        return super().create(
            [
                self._with_company(vals)
                if vals.get("is_registrant", registrant_by_default)
                else vals
                for vals in vals_list
            ]
        )

    def write(self, vals):
        if vals.get("is_registrant") and "company_id" not in vals:
            self.filtered(lambda partner: not partner.company_id).company_id = self.env.company
        result = super().write(vals)
        if "is_registrant" in vals:
            # Rules look at a record before the change: nobody may change their way past them.
            self.check_access("write")
        return result

    @api.model
    def _with_company(self, vals):
        company = vals.get("company_id") or self.env.context.get("default_company_id")
        return dict(vals, company_id=company or self.env.company.id)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_by_registrar(self):
        user = self.env.user
        if self.env.su or user.has_group("g2p_registry_base.group_g2p_admin"):
            return
        if user.has_group("g2p_registry_base.group_g2p_registrar"):
            raise AccessError(
                self.env._("Registrars cannot delete contacts. Disable the registrant instead.")
            )

    def enable_registrant(self):
        """Bring disabled registrants back into use."""
        self.write({"disabled": False, "disabled_by": False, "disabled_reason": False})

    def _disable_registrant(self, reason):
        """Take registrants out of use, for a reason (text); they stay on record."""
        self.filtered(lambda registrant: not registrant.disabled).write(
            {
                "disabled": fields.Datetime.now(),
                "disabled_by": self.env.uid,
                "disabled_reason": reason,
            }
        )
