import json

from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.g2p_registry_base.isolation import AnotherWasQuicker
from odoo.addons.queue_job.exception import RetryableJobError

from ..flow.intake import Intake
from ..meaning.answers import read_answer, read_answers

#: Days until an answer nobody could be found for is removed.
_KEPT_DAYS = 30


class MTSAnswer(models.Model):
    """An answer as it arrived: put down at once, taken in by a job, empty afterwards.

    One that fits nobody stays, in quarantine, until it expires.
    """

    _name = "g2p.mts.answer"
    _description = "Answer of an MTS"
    _order = "id desc"

    connector_id = fields.Many2one(
        "mts.connector", required=True, readonly=True, index=True, ondelete="cascade"
    )
    received_at = fields.Datetime("Received", default=fields.Datetime.now, readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("taken_in", "Taken In"),
            ("quarantined", "Quarantined"),
        ],
        required=True,
        default="waiting",
        readonly=True,
        index=True,
    )
    way = fields.Selection(
        [("call", "Call of the MTS"), ("login", "Call with Login"), ("file", "File")],
        readonly=True,
    )
    reason = fields.Char(readonly=True)
    payload = fields.Text(readonly=True, copy=False, groups=fields.NO_ACCESS)

    @api.model
    def _receive(self, connector, document, way):
        """Put an answer down and queue the job that takes it in.

        :param connector: the connector it came for, already authenticated
        :param document: decoded JSON
        :returns: the new record
        """
        # sudo: whoever brought it has no rights here; the caller was authenticated.
        answer = self.sudo().create(
            {"connector_id": connector.id, "payload": json.dumps(document), "way": way}
        )
        answer._delay_take_in()
        return answer

    def _delay_take_in(self):
        """Queue the job that takes this answer in, unless it waits already."""
        self.with_delay(
            identity_key=f"g2p-mts-answer-{self.id}",
            description=f"Take in MTS answer {self.id}",
        )._take_in()

    def _take_in(self):
        """Job: put the tokens on the people they were asked for.

        :raises RetryableJobError: another answer for the same person is taken in just now
        """
        self.ensure_one()
        # sudo: answers are closed to everybody but this code.
        answer = self.sudo()
        if answer.state != "waiting":
            return
        try:
            Intake(answer.connector_id, read_answers(json.loads(answer.payload))).run()
        except AnotherWasQuicker:
            message = f"Answer {self.id} met another one for the same person."
            raise RetryableJobError(message, seconds=1, ignore_retry=True) from None
        answer.write({"state": "taken_in", "payload": False, "reason": False})

    @api.model
    def accept(self, answer):
        """RPC: what an MTS calls that logs in as a user (its ``authType`` ``odoo``).

        :param answer: one answer, ``{"nonce": …, "output": {…}}``
        :returns: True
        :raises AccessError: the caller is no receiving user
        """
        if not self.env.user.has_group("g2p_mts.group_mts_receiver"):
            raise AccessError(self.env._("Only the user an MTS logs in as may do this."))
        connectors = self.env["mts.connector"]
        # sudo: the receiving user reads nothing; only the connector of the nonce is looked up.
        line = (
            self.env["g2p.mts.request.line"]
            .sudo()
            .search([("nonce", "=", read_answer(answer).nonce or "-")], limit=1)
        )
        connector = line.connector_id or connectors.sudo().search(
            [("callback_auth_username", "=", self.env.user.login)], limit=1
        )
        if connector:
            self._receive(connector, answer, "login")
        return True

    @api.model
    def _quarantine(self, connector, answers, reason):
        """Keep answers that fit nobody.

        :param answers: of :class:`~..meaning.answers.PersonAnswer`
        """
        # sudo: answers are closed to everybody but this code.
        self.sudo().create(
            [
                {
                    "connector_id": connector.id,
                    "state": "quarantined",
                    "reason": reason,
                    "payload": json.dumps({"nonce": answer.nonce, "token": answer.token}),
                }
                for answer in answers
            ]
        )

    @api.autovacuum
    def _gc_answers(self):
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=_KEPT_DAYS)
        self.search([("state", "!=", "waiting"), ("received_at", "<", limit)]).unlink()
