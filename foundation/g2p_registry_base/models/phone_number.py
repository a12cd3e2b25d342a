import phonenumbers

from odoo import api, fields, models


class PhoneNumber(models.Model):
    """A phone number of a registrant, as given and in its international form."""

    _name = "g2p.phone.number"
    _description = "Phone Number"
    _order = "id desc"
    _rec_name = "phone_no"

    partner_id = fields.Many2one(
        "res.partner",
        "Registrant",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("is_registrant", "=", True)],
    )
    phone_no = fields.Char("Phone Number", required=True)
    phone_sanitized = fields.Char(
        compute="_compute_phone_sanitized",
        store=True,
        index="btree_not_null",
        help="International form (E.164). Empty if the number cannot be understood.",
    )
    date_collected = fields.Date(default=fields.Date.context_today)
    country_id = fields.Many2one(
        "res.country", help="Where the number is dialled from. Empty: the company's."
    )
    disabled = fields.Datetime("Date Disabled")
    disabled_by = fields.Many2one("res.users")

    # A company that moves to another country must not rewrite every number: its country is
    # left out of the dependencies on purpose.
    @api.depends("phone_no", "country_id", "partner_id.company_id")
    def _compute_phone_sanitized(self):
        for phone in self:
            company = phone.partner_id.company_id or self.env.company
            country = phone.country_id or company.country_id
            phone.phone_sanitized = self._to_e164(phone.phone_no, country.code)

    @api.model
    def _to_e164(self, number, country_code):
        """Return ``number`` in E.164 form, or False if it is no possible phone number.

        :param number: text as typed, or a false value
        :param country_code: two-letter code for numbers without ``+``, or a false value
        """
        try:
            parsed = phonenumbers.parse(number or "", country_code or None)
        except phonenumbers.NumberParseException:
            return False
        if not phonenumbers.is_possible_number(parsed):
            return False
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)

    def disable_phone(self):
        """Take the numbers out of use: they stay on record."""
        self.check_access("write")
        self.filtered(lambda phone: not phone.disabled).write(
            {"disabled": fields.Datetime.now(), "disabled_by": self.env.uid}
        )

    def enable_phone(self):
        """Bring disabled numbers back into use."""
        self.write({"disabled": False, "disabled_by": False})
