from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResPartner(models.Model):
    """A registrant that is a person."""

    _inherit = "res.partner"

    family_name = fields.Char()
    given_name = fields.Char()
    addl_name = fields.Char("Additional Name")
    birthdate = fields.Date("Date of Birth")
    birthdate_not_exact = fields.Boolean("Approximate Birthdate")
    birth_place = fields.Char()
    age = fields.Char(compute="_compute_age", help="Completed years.")
    gender = fields.Selection(selection="_get_gender_selection")

    @api.model
    def _get_gender_selection(self):
        return list(self.env["gender.type"]._selection())

    @api.depends("birthdate")
    @api.depends_context("tz")
    def _compute_age(self):
        today = fields.Date.context_today(self)
        for partner in self:
            born = partner.birthdate
            years = born and relativedelta(today, born).years
            partner.age = str(max(years, 0)) if born else self.env._("No Birthdate!")

    # Odoo checks fixed selections only: a choice made of records has to be checked here.
    @api.constrains("gender")
    def _check_gender(self):
        known = dict(self._get_gender_selection())
        if any(partner.gender and partner.gender not in known for partner in self):
            raise ValidationError(self.env._("The gender is none of the registry's gender types."))

    @api.constrains("birthdate")
    def _check_birthdate(self):
        today = self._latest_today()
        if any(partner.birthdate and partner.birthdate > today for partner in self):
            raise ValidationError(self.env._("The date of birth must not be in the future."))

    @api.constrains("birthdate", "registration_date")
    def _check_registered_after_birth(self):
        dated = self.filtered(lambda partner: partner.birthdate and partner.registration_date)
        if any(partner.registration_date < partner.birthdate for partner in dated):
            raise ValidationError(self.env._("Nobody can be registered before being born."))

    @api.onchange("is_group", "family_name", "given_name", "addl_name")
    def _onchange_name_parts(self):
        if not self.is_group:
            self.name = self._compose_name() or self.name

    def _compose_name(self):
        """Return "FAMILY, GIVEN ADDITIONAL" in capitals, as far as the parts are known."""
        others = " ".join(filter(None, [self.given_name, self.addl_name]))
        return ", ".join(filter(None, [self.family_name, others])).upper()
