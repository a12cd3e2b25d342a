from odoo import api, fields, models
from odoo.exceptions import ValidationError

SIDE_TYPES = [("g", "Group"), ("i", "Individual")]


class Relationship(models.Model):
    """A kind of relation between two registrants, named from both of its sides."""

    _name = "g2p.relationship"
    _description = "Relationship"
    _order = "name"

    name = fields.Char(required=True, translate=True)
    name_inverse = fields.Char("Inverse Name", required=True, translate=True)
    bidirectional = fields.Boolean("Symmetric", help="It reads the same from both sides.")
    source_type = fields.Selection(SIDE_TYPES, help="Empty: groups and individuals.")
    destination_type = fields.Selection(SIDE_TYPES, help="Empty: groups and individuals.")

    @api.constrains("name", "name_inverse")
    def _check_names(self):
        if any(not (kind.name.strip() and kind.name_inverse.strip()) for kind in self):
            raise ValidationError(self.env._("A relationship needs a name from both sides."))

    def _fits(self, source, destination):
        """Tell whether both registrants are of the type their side asks for."""
        return self._fits_side(self.source_type, source) and self._fits_side(
            self.destination_type, destination
        )

    @api.model
    def _fits_side(self, side_type, registrant):
        return not side_type or (side_type == "g") == registrant.is_group
