from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..meaning.tail import tail_of

_MANAGERS = "mts_connector.group_mts_manager"


class MTSLineConflictMixin(models.AbstractModel):
    """A token came that cannot simply be put on the person: a manager decides."""

    _name = "g2p.mts.line.conflict.mixin"
    _description = "Conflict About a Token"

    offered_token = fields.Char(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        help="In a conflict: the token that came, until somebody has decided.",
    )
    conflict_words = fields.Text(
        "To Be Decided", compute="_compute_conflict_words", groups=_MANAGERS
    )

    @api.depends("state")
    def _compute_conflict_words(self):
        """What to compare with the records of the MTS. No token is shown whole."""
        for line in self:
            # sudo: the ends of the tokens, for the role that decides between them.
            line.conflict_words = line.state == "conflict" and "\n".join(line.sudo()._at_issue())

    def _at_issue(self):
        yield self.env._("The token that came ends in %s.", tail_of(self.offered_token))
        if token := self._held_token():
            yield self.env._(
                "The token that is there ends in %(end)s. It was last written on %(date)s.",
                end=tail_of(token.value),
                date=format_date(self.env, token.write_date),
            )
        else:
            yield self.env._("The person has no token.")

    def _conflict(self, code, token):
        """Have somebody decide about the token that came.

        :param code: why it cannot simply be put on the person, see ``meaning.catalogue``
        """
        self.write(
            {
                "state": "conflict",
                "error_code": code,
                "offered_token": token,
                "is_retryable": False,
                "closed_at": fields.Datetime.now(),
            }
        )

    def action_keep_token(self):
        """Button "Keep the Old Token": the one that came is wrong.

        :raises AccessError: the caller is no MTS manager
        :raises UserError: there is no old token
        """
        self._check_group(_MANAGERS)
        # sudo: the ledger is closed; the caller's role was checked.
        for line in self.sudo().filtered(lambda line: line.state == "conflict"):
            token, complaint = line._held_token(), line.error_code
            if not token:
                raise UserError(
                    self.env._("There is no old token to keep. Use “Send Again” to have one sent.")
                )
            line._answer(token)
            # The token that stays is not the one that came for this nonce; the line says so.
            line.error_code = complaint

    def action_take_token(self):
        """Button "Take the New Token": it replaces the one that is there.

        :raises AccessError: the caller is no MTS manager
        :raises ValidationError: another registrant has it
        """
        self._check_group(_MANAGERS)
        # sudo: the ledger is closed; the caller's role was checked.
        for line in self.sudo().filtered(lambda line: line.state == "conflict"):
            token = line._held_token()
            if token:
                token.write({"value": line.offered_token, **line.connector_id._token_values()})
            else:
                token = line.connector_id._create_tokens([(line.partner_id, line.offered_token)])
            line._answer(token)

    def _held_token(self):
        id_type = self.connector_id._id_type("g2p_mts.uin_token_id_type")
        return self.partner_id.reg_ids.filtered(lambda row: row.id_type == id_type)[:1]
