import json

from odoo import fields, models
from odoo.tools import hash_sign

from odoo.addons.mts_connector.wire.callback import Authentication, Callback, OdooLogin
from odoo.addons.mts_connector.wire.envelope import Submission
from odoo.addons.mts_connector.wire.http import require_encryption

from ..meaning.answers import OUTPUT_FORMAT

TICKET_SCOPE = "g2p_mts.answers"
#: An MTS keeps trying for hours at most; a ticket that outlives its request is of no use.
_TICKET_HOURS = 72
_LOGIN_PATH = "/web/session/authenticate"
_CALL_PATH = "/web/dataset/call_kw"
#: What an MTS has to call that logs in: our answer inside of Odoo's own envelope.
_LOGIN_FORMAT = (
    '{jsonrpc: "2.0", params: {model: "g2p.mts.answer", method: "accept", args: [%s], kwargs: {}}}'
)


class MTSAnswersMixin(models.AbstractModel):
    """The way back of what was sent from the registry.

    Without an address of its own a connector is answered here: with nothing but a signed address
    (authentication none), with the bearer token of the connector, or with an Odoo login. With OAuth
    it needs an address.
    """

    _name = "g2p.mts.answers.mixin"
    _description = "Answers for Registrants Sent to an MTS"

    g2p_answer_base_url = fields.Char(
        "This Server, Seen From the MTS", help="Empty: the address Odoo knows itself by."
    )

    def _needed_for_callback(self):
        names = super()._needed_for_callback()
        # This server takes no tokens of an OAuth server: with them the answers go elsewhere.
        if self.input_type != "custom" or self.callback_authtype == "oauth":
            return names
        # The addresses are ours and known.
        ours = ("callback_url", "callback_auth_url", "callback_auth_database")
        return tuple(name for name in names if name not in ours)

    def _check_ready(self):
        if self.input_type == "custom" and self._is_called_here():
            self._check_address("g2p_answer_base_url", self._own_address())
        return super()._check_ready()

    def _is_called_here(self):
        """Whether the MTS brings tokens to this server, or a password."""
        logs_in = self.callback_authtype == "odoo" and not self.callback_auth_url
        is_ours = not self.callback_url and self.callback_authtype != "oauth"
        return self.delivery_type == "callback" and (is_ours or logs_in)

    def _people_submission(self, request):
        """What is asked of the MTS for a request.

        :rtype: mts_connector.wire.envelope.Submission
        :raises AddressError: it would bring the tokens over a line that others can read
        """
        brought = self.delivery_type == "callback"
        # Odoo may have come to know itself by another address since somebody pressed Start.
        if self._is_called_here():
            require_encryption(self._own_address(), self.allow_unencrypted)
        return Submission(
            output="json",
            mapping=json.loads(self.mapping),
            output_format=self._people_format(),
            lang=self.lang_code,
            callback=self._people_callback(request) if brought else None,
        )

    def _people_format(self):
        """The jq program that brings the nonce back; one that was written by hand goes first."""
        return (self.output_format or "").strip() or self._usual_format()

    def _usual_format(self):
        """The program of a connector that has none of its own."""
        by_login = self.delivery_type == "callback" and self.callback_authtype == "odoo"
        return _LOGIN_FORMAT % OUTPUT_FORMAT if by_login else OUTPUT_FORMAT

    def _people_callback(self, request):
        by_login = self.callback_authtype == "odoo"
        return Callback(
            url=self.callback_url or self._answer_url(request),
            method="POST" if not self.callback_url else self.callback_httpmethod or "POST",
            timeout=self.callback_timeout,
            # Odoo's own route takes one call at a time.
            in_bulk=self.callback_in_bulk if self.callback_url else not by_login,
            authentication=self._people_authentication(),
        )

    def _answer_url(self, request):
        """The address of ours that the MTS calls."""
        match self.callback_authtype:
            case "odoo":
                return self._own_address() + _CALL_PATH
            case "none":
                return f"{self._own_address()}/g2p_mts/answers/{self._ticket(request)}"
        return f"{self._own_address()}/g2p_mts/connector/{self.id}/answers"

    def _ticket(self, request):
        """A signed text that stands for the request, and expires."""
        # sudo: signing reads the secret of the database.
        env = self.sudo().env
        return hash_sign(env, TICKET_SCOPE, request.id, expiration_hours=_TICKET_HOURS)

    def _own_address(self):
        # sudo: the address of this server is no secret.
        parameter = self.env["ir.config_parameter"].sudo().get_param("web.base.url")
        return (self.g2p_answer_base_url or parameter).rstrip("/")

    def _people_authentication(self) -> Authentication:
        if self.callback_authtype != "odoo" or self.callback_auth_url:
            return self._callback_authentication()
        return OdooLogin(
            self._own_address() + _LOGIN_PATH,
            self.callback_auth_database or self.env.cr.dbname,
            self.callback_auth_username,
            self._secret("callback_auth_password"),
        )
