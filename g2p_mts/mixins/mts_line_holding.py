from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

WAITS, IS_REFUSED = ("queued", "sent"), ("refused", "lost")


class MTSLineHoldingMixin(models.AbstractModel):
    """Which lines keep their people from being sent now, as something that can be searched.

    It is what ``flow.people`` goes by when it chooses the next batch, there in one statement.
    """

    _name = "g2p.mts.line.holding.mixin"
    _description = "Lines That Hold Their People Back"

    holds_back = fields.Boolean(compute="_compute_holds_back", search="_search_holds_back")

    def _compute_holds_back(self):
        holding = self.search([("id", "in", self.ids), ("holds_back", "=", True)])
        for line in self:
            line.holds_back = line in holding

    def _search_holds_back(self, operator, value):
        if operator != "in":
            return NotImplemented
        later = Domain("is_retryable", "=", True) & Domain("retry_at", ">", fields.Datetime.now())
        for_good = Domain("is_retryable", "!=", True) & self._of_unchanged_people()
        is_refused = Domain("state", "in", IS_REFUSED)
        holds = Domain("is_superseded", "!=", True) & (~is_refused | later | for_good)
        return holds if True in value else ~holds

    def _of_unchanged_people(self):
        """Lines whose person and VID are what they were when the line was made."""
        for name in ("res.partner", "g2p.reg.id"):
            self.env[name].flush_model(["write_date"])
        vid_type = self.env["mts.connector"]._id_type("g2p_mts.vid_id_type").id

        def to_sql(_model, alias, _query):
            return SQL(
                """NOT EXISTS (
                    SELECT FROM res_partner person
                     WHERE person.id = %(person)s
                       AND (person.write_date > %(made)s OR EXISTS (
                            SELECT FROM g2p_reg_id vid
                             WHERE vid.partner_id = person.id
                               AND vid.id_type = %(vid_type)s
                               AND vid.write_date > %(made)s)))""",
                person=SQL.identifier(alias, "partner_id"),
                made=SQL.identifier(alias, "create_date"),
                vid_type=vid_type,
            )

        return Domain.custom(to_sql=to_sql)
