from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.g2p_registry_base.unchecked import UncheckedMany2one

from ..meaning import catalogue
from ..meaning.nonce import new_nonce


class MTSRequestLine(models.Model):
    """One person in a request. Never holds the VID, and holds the token only as a link."""

    _name = "g2p.mts.request.line"
    _inherit = [
        "g2p.mts.line.outcome.mixin",
        "g2p.mts.line.conflict.mixin",
        "g2p.mts.line.holding.mixin",
    ]
    _description = "Person in an MTS Request"
    _order = "id desc"

    STATES = ("queued", "sent", "answered", "refused", "conflict", "lost", "left_out")

    # Goes with its request, which the model of requests sees to.
    request_id = UncheckedMany2one(
        "g2p.mts.request", required=True, readonly=True, index=True, ondelete="cascade"
    )
    # Not stored: it would be one more foreign key and index of each of millions of lines.
    connector_id = fields.Many2one(related="request_id.connector_id")
    # The ledger says what left even when the registrant is deleted here; the model of registrants
    # empties the place. By the index, who was sent before is looked up for every person of every
    # batch.
    partner_id = UncheckedMany2one(
        "res.partner", "Registrant", readonly=True, index=True, ondelete="set null"
    )
    # Is there as long as the request, which holds on to the companies of its people.
    company_id = UncheckedMany2one("res.company", readonly=True, ondelete="restrict")
    create_uid = UncheckedMany2one("res.users", "Created by", readonly=True)
    write_uid = UncheckedMany2one("res.users", "Last Updated by", readonly=True)
    nonce = fields.Char(
        readonly=True,
        copy=False,
        required=True,
        groups=fields.NO_ACCESS,
        default=lambda self: self._new_nonce(),
    )
    state = fields.Selection(
        [
            ("queued", "Waiting to Be Sent"),
            ("sent", "Waiting for the Answer"),
            ("answered", "Token Received"),
            ("refused", "Refused"),
            ("conflict", "Conflict"),
            ("lost", "No Answer"),
            ("left_out", "Left Out"),
        ],
        required=True,
        default="queued",
        readonly=True,
    )
    attempt = fields.Integer(default=1, readonly=True, help="How often this person was sent.")
    error_code = fields.Char(readonly=True)
    reason = fields.Char(compute="_compute_reason")
    is_retryable = fields.Boolean("Is Sent Again", readonly=True)
    retry_at = fields.Datetime("Sent Again From", readonly=True)
    is_superseded = fields.Boolean(
        readonly=True, help="Does not keep the person from being sent: sent again, or allowed to."
    )
    sent_at = fields.Datetime(
        "Sent", readonly=True, help="When the data first left this system, or may have."
    )
    closed_at = fields.Datetime("Answered", readonly=True)
    is_other_vid = fields.Boolean(
        readonly=True, help="What was sent is not the VID that the person has now."
    )
    token_id = fields.Many2one("g2p.reg.id", readonly=True, ondelete="set null")

    _nonce_unique = models.UniqueIndex("(nonce)", "Every person is sent with a nonce of their own.")
    # The few that somebody looks for; the many that are sent and answered cost nothing.
    _by_trouble = models.Index("(state) WHERE state IN ('refused', 'conflict', 'lost')")
    # The database looks here for every ID that is deleted.
    _by_token = models.Index("(token_id) WHERE token_id IS NOT NULL")

    @api.model
    def _new_nonce(self):
        return new_nonce()

    @api.depends("request_id")
    def _compute_display_name(self):
        """Names nobody: it is shown wherever one has come from."""
        for line in self:
            line.display_name = self.env._(
                "Line %(line)s of Request %(request)s", line=line.id, request=line.request_id.id
            )

    @api.depends("error_code", "is_retryable", "is_superseded")
    def _compute_reason(self):
        for line in self:
            code = line.error_code
            line.reason = code and f"{line._reason_words(code)} ({code})"

    def _reason_words(self, code):
        words = catalogue.meaning_of(code).words
        if self.is_retryable and not self.is_superseded:
            return self.env._("%s It is tried again.", words)
        return words

    @api.model
    def _note_changed(self, tokens):
        """Note that these tokens are not those any more that came: they prove nothing now.

        :param tokens: ID rows
        """
        answered = [("token_id", "in", tokens.ids), ("state", "=", "answered")]
        self.search([*answered, ("error_code", "=", False)]).error_code = catalogue.TOKEN_CHANGED

    # -- what people decide ----------------------------------------------------------------------

    def action_send_again(self):
        """Button "Send Again": let these people go into the next batch.

        :raises AccessError: the caller is no MTS operator
        :raises UserError: nobody of them would be sent
        """
        self._check_group("mts_connector.group_mts_operator")
        # sudo: operators read the ledger; all they change is whether somebody may be sent again.
        closed = self.sudo().filtered(lambda line: line.state not in ("queued", "sent"))
        # Who has a token is not sent; and a conflict about it stays one until it is decided.
        again = closed.filtered(lambda line: not line._held_token().value)
        if not again:
            raise UserError(
                self.env._(
                    "Nobody here would be sent: they wait for an answer, or have a token. "
                    "A token that is wrong has to be removed from the registrant first."
                )
            )
        again.is_superseded = True

    def _check_group(self, group):
        """Refuse who lacks the role, or may not even see these people: another company's."""
        self.check_access("read")
        if not self.env.user.has_group(group):
            raise AccessError(self.env._("Your role does not allow this."))
