import secrets

from odoo import api, fields, models

from odoo.addons.g2p_secrets import places

from ..flow import vid_keys
from ..meaning import receipt as proof

#: All that a receipt says, the end of the chain of its lines included.
SIGNED = (
    "state",
    "is_practice",
    "trigger",
    "started_by_id",
    "started_at",
    "ended_at",
    "ending",
    "rule_data",
    "rule_words",
    "rule_by_id",
    "rule_at",
    "due_count",
    "deleted_count",
    "failed_count",
    "found",
    "brake_words",
    "allowed_by_id",
    "allowed_at",
    "line_chain",
    "key_name",
)
#: Lines read at a time.
_PART = 5000
#: Where the keys are kept that receipts are signed with; see the keys for deleted VIDs.
_PARAMETER = "g2p_mts.receipt_key"
_CONFIGURED = (
    places.own_key(places.ENVIRONMENT, "G2P_MTS_RECEIPT_KEY"),
    places.own_key(places.CONFIGURATION, "g2p_mts_receipt_key"),
)


class VidDeletionSigningMixin(models.AbstractModel):
    """A receipt carries a signature over its head and all its lines.

    The lines are chained as they are written, batch by batch, so that it takes the memory of one
    batch to sign or to verify any number of them, see ``meaning/receipt.py``.
    """

    _name = "g2p.mts.vid.deletion.signing.mixin"
    _description = "Signature of a VID Clean-Up"

    line_chain = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    key_name = fields.Char("Key", readonly=True)
    signature = fields.Char(readonly=True, copy=False)

    @api.model
    def _signing_values(self):
        return {"key_name": self._receipt_keys().current}

    @api.model
    def _receipt_keys(self):
        """:raises UnreadableKeys: what is configured cannot be read; nothing is guessed then"""
        # sudo: the key goes to private code only.
        generated = self.env["ir.config_parameter"].sudo().get_param(_PARAMETER)
        try:
            return vid_keys.read_keys(generated or "", _CONFIGURED)
        except vid_keys.KeysError as error:
            raise vid_keys.UnreadableKeys(self._receipt_key_problem()) from error

    def _receipt_key_problem(self):
        return self.env._(
            "The keys for receipts cannot be read: they are written name:secret,name:secret, each "
            "name once, each secret with at least 32 characters. See G2P_MTS_RECEIPT_KEY in the "
            "environment, or g2p_mts_receipt_key in the configuration file, of this server."
        )

    @api.model
    def _generate_receipt_key(self):
        """Have a key, whatever is configured: a server without one could delete no VID."""
        parameters = self.env["ir.config_parameter"].sudo()
        if not parameters.get_param(_PARAMETER):
            parameters.set_param(_PARAMETER, secrets.token_hex(32))

    def _secret(self):
        """The key this receipt was begun with; None if it is not known here."""
        return self._receipt_keys().secrets.get(self.key_name)

    def _chained(self, lines):
        """The end of the chain with these lines added."""
        if not self._secret():
            self._renew_key()
        secret = self._secret()
        chain = self.line_chain or proof.beginning(secret, self.id)
        return proof.chained(secret, chain, lines)

    def _renew_key(self):
        """The key it was begun with is not configured any more: go on with the one in use."""
        self.key_name = self._receipt_keys().current
        self.line_chain = self._chain_of_stored()

    def _seal(self, state, ending=False):
        """Say the last word, and sign it. Nothing is written to the receipt after that.

        :param ending: in words, why it ended so
        """
        # sudo: nobody has the right to write receipts; this code does.
        for receipt in self.sudo():
            receipt.line_chain = receipt._chained([])
            receipt.write({"state": state, "ending": ending, "ended_at": fields.Datetime.now()})
            receipt.signature = proof.signature(receipt._secret(), receipt._head())

    def _head(self):
        """What is signed, as the database has it."""
        self.flush_recordset()
        self.invalidate_recordset(SIGNED, flush=False)
        return {"id": self.id, **self.read(SIGNED, load=None)[0]}

    # -- verifying -------------------------------------------------------------------------------

    def action_verify(self):
        """Button "Verify": say whether the receipt is as it was signed.

        :returns: the action that shows the words
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: the signature is over the lines of all companies; only the verdict is shown.
        is_good, words = self.sudo()._verdict()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.display_name,
                "message": words,
                "type": "success" if is_good else "danger",
                "sticky": True,
            },
        }

    def _verdict(self):
        """Whether the receipt is untouched, and what there is to say about it."""
        if not self.signature:
            return False, self.env._("It is not signed yet: the clean-up is not over.")
        if not self._secret():
            return False, self.env._(
                "It cannot be verified: this server does not have the key “%s”.", self.key_name
            )
        if not proof.is_same(self.signature, proof.signature(self._secret(), self._head())):
            return False, self.env._(
                "It was changed after it was signed: what stands at its head is not what was there."
            )
        if not proof.is_same(self.line_chain, self._chain_of_stored()):
            return False, self.env._(
                "It was changed after it was signed: lines were changed, added or removed."
            )
        return True, self.env._(
            "It is untouched: nothing was changed, added or removed since it was signed."
        )

    def _chain_of_stored(self):
        lines = self.env["g2p.mts.vid.deletion.line"]._stored(self, _PART)
        return proof.chained_like(self.line_chain or "", self._secret(), self.id, lines)
