from odoo import api, fields, models

from ..meaning.batch_size import FIRST, BatchSize


class MTSSendingMixin(models.AbstractModel):
    """How big batches are, how many are under way, how patiently answers are waited for."""

    _name = "g2p.mts.sending.mixin"
    _description = "Sending Registrants to an MTS"
    _own_fields = ("g2p_last_person",)

    g2p_request_ids = fields.One2many("g2p.mts.request", "connector_id", "Requests", readonly=True)
    g2p_request_count = fields.Integer("Number of Requests", compute="_compute_g2p_request_count")
    g2p_last_person = fields.Integer(readonly=True, copy=False, help="Where the round has come to.")
    g2p_batch_size = fields.Integer(
        "People per Batch",
        default=FIRST,
        copy=False,
        help="Grows while whole answers come back, and shrinks when one is lost.",
    )
    g2p_batch_floor = fields.Integer("At Least", default=10)
    g2p_batch_ceiling = fields.Integer("At Most", default=1000)
    g2p_most_open = fields.Integer(
        "Batches at a Time", default=1, help="How many batches may wait for answers."
    )
    g2p_most_attempts = fields.Integer(
        "Attempts per Person", default=5, help="Nobody is sent more often without being asked for."
    )
    g2p_answer_minutes = fields.Integer(
        "Ask After (Minutes)",
        default=10,
        help="If the MTS brings the answers: when to ask it for those that have not come.",
    )
    g2p_deadline_hours = fields.Integer(
        "Give Up After (Hours)",
        default=6,
        help="Then whoever has no answer is sent again. An MTS keeps results for six hours.",
    )

    _g2p_batch_bounds = models.Constraint(
        "CHECK (g2p_batch_floor > 0 AND g2p_batch_ceiling >= g2p_batch_floor)",
        "A batch has at least one person, and its bounds are in order.",
    )
    _g2p_patience = models.Constraint(
        "CHECK (g2p_most_open > 0 AND g2p_most_attempts > 0"
        " AND g2p_answer_minutes > 0 AND g2p_deadline_hours > 0)",
        "Batches, attempts, minutes and hours must be at least one.",
    )

    @api.depends("g2p_request_ids")
    def _compute_g2p_request_count(self):
        groups = self.env["g2p.mts.request"]._read_group(
            [("connector_id", "in", self.ids)], ["connector_id"], ["__count"]
        )
        counts = dict(groups)
        for connector in self:
            connector.g2p_request_count = counts.get(connector._origin, 0)

    def _create_tokens(self, pairs):
        """Store tokens as IDs of the configured type.

        :param pairs: list of (registrant, token)
        :returns: the rows, in their order
        """
        id_type = self._id_type("g2p_mts.uin_token_id_type")
        values = self._token_values()
        # sudo: tokens are written by the connector, for people its user could read.
        return (
            self.env["g2p.reg.id"]
            .sudo()
            .create(
                [
                    {"partner_id": partner.id, "id_type": id_type.id, "value": token, **values}
                    for partner, token in pairs
                ]
            )
        )

    def _token_values(self):
        today = fields.Date.to_string(fields.Date.context_today(self))
        words = self.env._("From MTS on %s", today)
        return {"status": "valid", "description": words, "expiry_date": False}

    # -- what the outcome of a request does to the next ones --------------------------------------

    def _sizes(self):
        return BatchSize(self.g2p_batch_size, self.g2p_batch_floor, self.g2p_batch_ceiling)

    def _note_whole_answer(self, request):
        # A last, small batch proves nothing about big ones.
        if request.people_count >= self.g2p_batch_size:
            # sudo: the size follows the outcome, whoever the job runs as.
            self.sudo().g2p_batch_size = self._sizes().after_whole_answer()

    def _note_loss(self):
        # sudo: the size follows the outcome, whoever the job runs as.
        self.sudo().g2p_batch_size = self._sizes().after_loss()
