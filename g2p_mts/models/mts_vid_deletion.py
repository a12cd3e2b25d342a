from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..flow.residue.labels import in_words

#: Lines that are printed.
_PRINTED = 2000


class MTSVidDeletion(models.Model):
    """The receipt of one clean-up: when, by which rule, how many and whose VIDs went. Never a VID.

    Only the clean-up itself writes it; once it is signed, nobody and nothing does.
    """

    _name = "g2p.mts.vid.deletion"
    _inherit = [
        "g2p.mts.vid.deletion.signing.mixin",
        "g2p.mts.vid.deletion.consent.mixin",
        "g2p.mts.vid.deletion.work.mixin",
        "g2p.mts.vid.promise.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "VID Clean-Up"
    _order = "id desc"

    state = fields.Selection(
        [
            ("queued", "Waiting for a Server"),
            ("running", "Under Way"),
            ("waiting", "Needs a Second Yes"),
            ("done", "Done"),
            ("interrupted", "Interrupted"),
            ("refused", "Not Allowed"),
        ],
        required=True,
        readonly=True,
        default="queued",
        index=True,
    )
    is_practice = fields.Boolean("Practice", readonly=True, help="Nothing was deleted.")
    trigger = fields.Selection(
        [("schedule", "The schedule"), ("person", "A person")],
        "Started By",
        required=True,
        readonly=True,
        default="schedule",
    )
    started_by_id = fields.Many2one("res.users", "Who", readonly=True, ondelete="restrict")
    started_at = fields.Datetime("Started", readonly=True, default=fields.Datetime.now)
    ended_at = fields.Datetime("Ended", readonly=True)
    ending = fields.Char("Why It Ended", readonly=True)
    rule_data = fields.Json(readonly=True)
    rule_words = fields.Text("Rule", readonly=True)
    rule_by_id = fields.Many2one("res.users", "Rule Saved By", readonly=True, ondelete="restrict")
    rule_at = fields.Datetime("Rule Saved", readonly=True)
    due_count = fields.Integer("Due", readonly=True, help="VIDs that were due when it started.")
    deleted_count = fields.Integer("Deleted", readonly=True)
    failed_count = fields.Integer("Not Deleted", readonly=True)
    found = fields.Json(readonly=True, help="Place → number of copies the sweep found there.")
    found_words = fields.Text("Copies Found", compute="_compute_found_words")
    line_ids = fields.One2many("g2p.mts.vid.deletion.line", "deletion_id", "VIDs", readonly=True)
    # Where a run that is not over has come to; says nothing any more once it is.
    last_row = fields.Integer(readonly=True)
    is_paused = fields.Boolean(readonly=True)

    _one_pending = models.UniqueIndex(
        "(is_practice) WHERE state IN ('queued', 'waiting')",
        "Another clean-up waits already.",
    )

    def init(self):
        """Have a key to sign with."""
        self._generate_receipt_key()

    @api.depends("is_practice")
    def _compute_display_name(self):
        for receipt in self:
            words = self.env._("Practice %s") if receipt.is_practice else self.env._("Clean-Up %s")
            receipt.display_name = words % receipt.id

    @api.depends("found")
    def _compute_found_words(self):
        for receipt in self:
            receipt.found_words = "\n".join(
                f"{number}  {words}" for words, number in receipt._found_by_place()
            )

    def _found_by_place(self):
        """What the sweep found: list of (place in words, number of copies)."""
        found = sorted((self.found or {}).items())
        return [(in_words(self.env, place), number) for place, number in found]

    def _facts(self):
        """The head of the receipt for printing: list of (what, value in words)."""
        states = dict(self._fields["state"]._description_selection(self.env))
        names = (
            *("started_at", "ended_at", "started_by_id", "rule_words", "rule_by_id", "rule_at"),
            *("due_count", "deleted_count", "failed_count", "brake_words", "allowed_by_id"),
            *("allowed_at", "ending", "key_name", "signature"),
        )
        facts = [(self.env._("State"), states[self.state])]
        for name in names:
            field = self._fields[name]
            value = self[name].name if field.relational else self[name]
            if value or field.type == "integer":
                facts.append((field._description_string(self.env), self._as_text(field, value)))
        return facts

    @api.model
    def _as_text(self, field, value):
        return f"{value} UTC" if field.type == "datetime" else value

    def _printed_lines(self):
        """The lines that fit on paper; an export has them all."""
        return self.line_ids.search([("deletion_id", "=", self.id)], limit=_PRINTED)

    def write(self, vals):
        """:raises AccessError: the receipt is signed"""
        if any(receipt.signature for receipt in self):
            self._forbid()
        return super().write(vals)

    def unlink(self):  # pylint: disable=method-required-super
        """:raises AccessError: always"""
        self._forbid()

    def _forbid(self):
        raise AccessError(self.env._("A receipt can be neither changed nor deleted."))

    # -- what the clean-up writes ----------------------------------------------------------------

    @api.model
    def _begin(self, values):
        """A new receipt, under way in this process."""
        receipt = self._new({**values, "state": "running"})
        receipt._take()
        return receipt

    @api.model
    def _new(self, values):
        return self.with_context(
            tracking_disable=True, mail_create_nolog=True, mail_create_nosubscribe=True
        ).create({**values, **self._signing_values()})

    def _write_open(self, values):
        # sudo: nobody has the right to write receipts; this code does.
        self.sudo().write(values)

    def _end(self):
        """Say the last word: nothing was left, or somebody has stopped it."""
        for receipt in self:
            if receipt.stopped_by_id:
                receipt._seal("interrupted", receipt._stop_words())
            else:
                receipt._seal("done")

    def _note(self, outcome, last_row):
        """Add what became of a batch.

        :param outcome: a ``flow.vid_batch.Outcome`` with lines
        :param last_row: id of the last ID row of the batch
        """
        self.env["g2p.mts.vid.deletion.line"]._add(self, outcome.lines)
        found = dict(self.found or {})
        for place, number in outcome.found.items():
            found[place] = found.get(place, 0) + number
        self._write_open(
            {
                "deleted_count": self.deleted_count + outcome.deleted,
                "failed_count": self.failed_count + outcome.failed,
                "found": found,
                "last_row": last_row,
                "line_chain": self._chained(outcome.lines),
            }
        )
