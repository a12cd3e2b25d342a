from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from odoo.addons.g2p_registry_base.unchecked import UncheckedMany2one

from ..flow.sql_values import rows_of

#: What the chain of a receipt is made of, in this order.
CHAINED = ("row_id", "registrant", "company", "outcome", "reason", "noted_at", "due_since")


class MTSVidDeletionLine(models.Model):
    """One VID in a receipt: whose it was and what became of it. Never the VID itself."""

    _name = "g2p.mts.vid.deletion.line"
    _description = "VID in a Clean-Up"
    _order = "id"
    _rec_name = "registrant"
    # There are as many as VIDs: when and by whom is on the receipt.
    _log_access = False

    # Nobody deletes a receipt.
    deletion_id = UncheckedMany2one(
        "g2p.mts.vid.deletion", "Clean-Up", required=True, readonly=True, ondelete="restrict"
    )
    row_id = fields.Integer("Number of the ID", readonly=True, aggregator=None)
    # Numbers, and no links the database looks after: the receipt says whose it was even when the
    # registrant is deleted here, and a line takes half the time to write.
    registrant = fields.Integer("Number of the Registrant", readonly=True, aggregator=None)
    company = fields.Integer("Number of the Company", readonly=True, aggregator=None)
    partner_id = fields.Many2one(
        "res.partner", "Registrant", compute="_compute_links", search="_search_partner_id"
    )
    company_id = fields.Many2one("res.company", compute="_compute_links")
    outcome = fields.Selection(
        [
            ("deleted", "Deleted"),
            ("practised", "Would Be Deleted"),
            ("failed", "Not Deleted"),
        ],
        required=True,
        readonly=True,
    )
    reason = fields.Char(readonly=True)
    noted_at = fields.Datetime("When", readonly=True)
    due_since = fields.Datetime(readonly=True)

    # The lines of a receipt stand together, so it is enough to know in which part of the table.
    # To write a usual index took a third of the time of writing lines.
    _of_receipt = models.Index("USING brin (deletion_id) WITH (autosummarize = on)")
    # Two servers may try; one VID is deleted once.
    _row_deleted_once = models.UniqueIndex(
        "(row_id) WHERE outcome = 'deleted'", "This VID was deleted before."
    )
    _row_failed = models.Index("(row_id, noted_at) WHERE outcome = 'failed'")

    @api.depends("registrant", "company")
    def _compute_links(self):
        partners = self.env["res.partner"].browse(self.mapped("registrant")).exists()
        for line in self:
            line.partner_id = partners & partners.browse(line.registrant)
            line.company_id = line.company or False

    def _search_partner_id(self, operator, value):
        if operator == "any":
            value = self.env["res.partner"].with_context(active_test=False).search(value).ids
        elif operator != "in":
            return NotImplemented
        return [("registrant", "in", list(value))]

    def write(self, vals):
        """:raises AccessError: always; a line stays as it was written"""
        self._forbid()

    def unlink(self):  # pylint: disable=method-required-super
        """:raises AccessError: always"""
        self._forbid()

    def _forbid(self):
        raise AccessError(self.env._("A receipt can be neither changed nor deleted."))

    def _add(self, deletion, lines):
        """Write lines, in their order: one statement, without the detour of a record for each.

        :param lines: tuples of the values named in ``CHAINED``
        """
        types = ("integer", "integer", "integer", "varchar", "varchar", "timestamp", "timestamp")
        columns = zip(CHAINED, types, zip(*lines, strict=True), strict=True)
        # In the order of the lines, which is the one of their ids.
        self.env.cr.execute(
            SQL(
                """INSERT INTO g2p_mts_vid_deletion_line
                          (deletion_id, row_id, registrant, company, outcome, reason, noted_at,
                           due_since)
                   SELECT %s, %s ORDER BY place""",
                deletion.id,
                rows_of(columns),
            )
        )
        deletion.invalidate_recordset(["line_ids"], flush=False)

    def _stored(self, deletion, size):
        """The values of the lines of a receipt as they are now, one after the other.

        They are found once, however many there are.

        :param size: so many are read at a time
        """
        query = """DECLARE lines_of_receipt NO SCROLL CURSOR FOR
                    SELECT row_id, registrant, company, outcome, reason, noted_at, due_since
                      FROM g2p_mts_vid_deletion_line WHERE deletion_id = %s ORDER BY id"""
        self.env.flush_all()
        self.env.cr.execute(SQL(query, deletion.id))
        while rows := self.env.execute_query(SQL("FETCH %s FROM lines_of_receipt", size)):
            yield from rows
        self.env.cr.execute(SQL("CLOSE lines_of_receipt"))
