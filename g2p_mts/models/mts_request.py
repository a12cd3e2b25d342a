from odoo import api, fields, models

from ..flow.ledger import add_people
from ..meaning.pauses import pause_after


class MTSRequest(models.Model):
    """One batch given to an MTS: what became of it, and of each person in it."""

    _name = "g2p.mts.request"
    _inherit = [
        "g2p.mts.request.sending.mixin",
        "g2p.mts.request.failing.mixin",
        "g2p.mts.request.following.mixin",
    ]
    _description = "MTS Request"
    _order = "id desc"

    connector_id = fields.Many2one(
        "mts.connector", required=True, readonly=True, index=True, ondelete="restrict"
    )
    identifier = fields.Char(readonly=True, copy=False, help="Under which the MTS knows it.")
    state = fields.Selection(
        [
            ("queued", "Waiting to Be Sent"),
            ("sent", "Waiting for Answers"),
            ("answered", "Answered"),
            ("lost", "Lost"),
            ("failed", "Refused"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="queued",
        readonly=True,
        index=True,
        help="Lost: the MTS forgot it or never answered. Who is still open is sent again.",
    )
    delivery_type = fields.Selection(
        [("callback", "The MTS brings the answers"), ("download", "The answers are fetched")],
        "Way Back",
        readonly=True,
    )
    line_ids = fields.One2many("g2p.mts.request.line", "request_id", "Lines", readonly=True)
    # Keeps the companies of the lines from being deleted: a foreign key for each company, and not
    # for each person. Closed, as it may name companies that a reader does not see.
    company_ids = fields.Many2many(
        "res.company", readonly=True, copy=False, ondelete="restrict", groups=fields.NO_ACCESS
    )
    people_count = fields.Integer("People", compute="_compute_counts")
    answered_count = fields.Integer("With Token", compute="_compute_counts")
    refused_count = fields.Integer("Refused", compute="_compute_counts")
    open_count = fields.Integer("Open", compute="_compute_counts")
    sent_at = fields.Datetime("Sent", readonly=True)
    closed_at = fields.Datetime("Closed", readonly=True)
    looks = fields.Integer(readonly=True, help="How often the MTS was asked how far it is.")
    quiet_since = fields.Datetime(
        readonly=True, help="Since when the MTS says it is done, and no answer has come."
    )
    open_when_quiet = fields.Integer(readonly=True, help="How many answers were open then.")
    trouble = fields.Char(readonly=True, help="Why it waits, or why it ended as it did.")

    # A connector looks for those of its requests that are not over, however many it ever had.
    _by_connector_open = models.Index("(connector_id) WHERE state IN ('queued', 'sent')")

    @api.depends("line_ids.state")
    def _compute_counts(self):
        lines = self.env["g2p.mts.request.line"]
        groups = lines._read_group(
            [("request_id", "in", self.ids)], ["request_id", "state"], ["__count"]
        )
        counts = {(request.id, state): count for request, state, count in groups}
        for request in self:
            of = {state: counts.get((request.id, state), 0) for state in lines.STATES}
            request.people_count = sum(of.values())
            request.answered_count = of["answered"]
            request.refused_count = of["refused"] + of["conflict"]
            request.open_count = of["queued"] + of["sent"]

    @api.depends("identifier")
    def _compute_display_name(self):
        for request in self:
            request.display_name = self.env._("Request %s", request.id)

    def unlink(self):
        self.check_access("unlink")
        # sudo: all lines go, those of companies the caller does not see included.
        self.sudo().line_ids.unlink()
        return super().unlink()

    def _add_people(self, ids):
        """One line for each person; earlier ones of theirs do not hold them back any more."""
        add_people(self, ids)

    # -- jobs ------------------------------------------------------------------------------------

    def _pause(self):
        return pause_after(self.looks)

    def _delay_later(self, method, seconds):
        """Queue a job for later, unless one waits already."""
        job = self.with_delay(
            eta=int(seconds) or None,
            identity_key=self._job_key(method),
            description=f"Follow up MTS request {self.id}",
        )
        getattr(job, method)()

    def _job_key(self, method):
        return f"g2p-mts-request-{self.id}{method}"

    # -- closing ---------------------------------------------------------------------------------

    def _settle(self):
        """Close what has no open line any more."""
        for request in self.filtered(lambda request: request.state == "sent"):
            if request.open_count:
                request._settle_after_commit()
            else:
                request._close("answered")
                request.connector_id._note_whole_answer(request)

    def _settle_after_commit(self):
        """See once more, when what is written here is seen by others.

        Of two answers that are taken in at the same time, each sees the line of the other open.
        """

        @self.env.cr.postcommit.add
        def settle():
            with self.pool.cursor() as cr:
                request = self.with_env(self.env(cr=cr)).exists()
                if request.state == "sent" and not request.open_count:
                    request._delay_later("_settle", 0)

    def _close(self, state, trouble=False):
        # sudo: the ledger is written by the connector alone.
        self.sudo().write({"state": state, "closed_at": fields.Datetime.now(), "trouble": trouble})
        self.connector_id._request_closed()
