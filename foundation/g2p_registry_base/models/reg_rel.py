from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class RegRel(models.Model):
    """A relation between two registrants during a period; no end means for good."""

    _name = "g2p.reg.rel"
    _inherit = "mail.thread"
    _description = "Registrant Relation"
    _order = "id desc"
    _rec_name = "relation_as_str"

    source = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("is_registrant", "=", True)],
    )
    destination = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("is_registrant", "=", True)],
    )
    relation = fields.Many2one("g2p.relationship", ondelete="restrict")
    relation_as_str = fields.Char(related="relation.name", string="Relation Name")
    start_date = fields.Datetime(default=fields.Datetime.now)
    end_date = fields.Datetime()
    disabled = fields.Datetime("Date Disabled")
    disabled_by = fields.Many2one("res.users")

    _two_sides = models.Constraint(
        "CHECK (source <> destination)", "A registrant cannot be related to itself."
    )
    _dates_in_order = models.Constraint(
        "CHECK (end_date >= start_date)", "A relation cannot end before it starts."
    )

    @api.constrains("source", "destination", "relation")
    def _check_side_types(self):
        for rel in self.filtered("relation"):
            if not rel.relation._fits(rel.source, rel.destination):
                raise ValidationError(
                    self.env._(
                        "The relation %(relation)s is not meant for these types of registrants.",
                        relation=rel.relation.name,
                    )
                )

    @api.constrains("source", "destination", "relation", "start_date", "end_date", "disabled")
    def _check_overlap(self):
        self.flush_model()
        self.env["g2p.relationship"].flush_model(["bidirectional"])
        if self.ids and self.env.execute_query(self._overlap_query()):
            raise ValidationError(
                self.env._("These registrants already have this relation during that time.")
            )

    def _overlap_query(self):
        """Find one enabled row that covers the time of an equal enabled row of ``self``."""
        return SQL(
            """
            SELECT 1
              FROM g2p_reg_rel new
              JOIN g2p_reg_rel other
                ON other.id <> new.id
               AND other.relation IS NOT DISTINCT FROM new.relation
               AND tsrange(other.start_date, other.end_date)
                   && tsrange(new.start_date, new.end_date)
         LEFT JOIN g2p_relationship kind ON kind.id = new.relation
             WHERE new.id IN %s
               AND new.disabled IS NULL
               AND other.disabled IS NULL
               AND ((other.source = new.source AND other.destination = new.destination)
                    OR (kind.bidirectional
                        AND other.source = new.destination
                        AND other.destination = new.source))
             LIMIT 1
            """,
            tuple(self.ids),
        )

    def disable_relation(self):
        """Take the relations out of use: they stay on record."""
        self.check_access("write")
        self.filtered(lambda rel: not rel.disabled).write(
            {"disabled": fields.Datetime.now(), "disabled_by": self.env.uid}
        )

    def enable_relation(self):
        """Bring disabled relations back into use."""
        self.write({"disabled": False, "disabled_by": False})
