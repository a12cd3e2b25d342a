import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class IdType(models.Model):
    """A kind of identifier a registrant can hold, such as a national ID."""

    _name = "g2p.id.type"
    _inherit = "g2p.name.mixin"
    _description = "ID Type"
    _order = "name"

    id_validation = fields.Char(
        string="ID Validation",
        help="Regular expression that the beginning of a value must match. End it with $ to "
        "check the whole value. Empty: any value goes.",
    )

    @api.constrains("id_validation")
    def _check_id_validation(self):
        for id_type in self.filtered("id_validation"):
            try:
                re.compile(id_type.id_validation)
            except re.error as error:
                raise ValidationError(
                    self.env._(
                        "The validation of the ID type %(name)s is no regular expression: "
                        "%(problem)s.",
                        name=id_type.name,
                        problem=error,
                    )
                ) from error

    def _accepts(self, value):
        """Tell whether ``value`` (text) has the format this ID type asks for."""
        self.ensure_one()
        return not self.id_validation or bool(re.match(self.id_validation, value))
