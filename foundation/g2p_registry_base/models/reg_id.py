from odoo import api, fields, models
from odoo.exceptions import ValidationError

MAX_VALUE_LENGTH = 100


class RegId(models.Model):
    """An identifier of a registrant. It shows up as the registrant it belongs to."""

    _name = "g2p.reg.id"
    _description = "Registrant ID"
    _order = "id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner",
        "Registrant",
        required=True,
        ondelete="cascade",
        domain=[("is_registrant", "=", True)],
    )
    id_type = fields.Many2one("g2p.id.type", "ID Type", required=True, ondelete="restrict")
    id_type_as_str = fields.Char(related="id_type.name", string="ID Type Name")
    value = fields.Char(size=MAX_VALUE_LENGTH)
    expiry_date = fields.Date()
    status = fields.Selection([("invalid", "Invalid"), ("valid", "Valid")])
    description = fields.Char()

    _partner_type_unique = models.UniqueIndex(
        "(partner_id, id_type)", "A registrant can hold only one ID of each type."
    )
    _type_value_unique = models.UniqueIndex(
        "(id_type, value) WHERE value IS NOT NULL",
        "An ID of this type with this value already belongs to a registrant.",
    )

    @api.constrains("id_type", "value")
    def _check_value_format(self):
        for reg_id in self.filtered("value"):
            if not reg_id.id_type._accepts(reg_id.value):
                # The value is personal data: it stays out of the message.
                raise ValidationError(
                    self.env._(
                        "The value does not have the format of the ID type %(id_type)s.",
                        id_type=reg_id.id_type.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._clean_value(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._clean_value(vals))

    @api.model
    def _clean_value(self, vals):
        """Return ``vals`` with its value stripped, or emptied if nothing is left.

        :raises ValidationError: the value is too long; the column would cut it silently.
        """
        if not vals.get("value"):
            return vals
        value = vals["value"].strip()
        if len(value) > MAX_VALUE_LENGTH:
            raise ValidationError(
                self.env._("An ID value has at most %(max)s characters.", max=MAX_VALUE_LENGTH)
            )
        return dict(vals, value=value or False)
