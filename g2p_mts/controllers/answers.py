import json

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import consteq, verify_hash_signed

from ..mixins.mts_answers import TICKET_SCOPE

#: Bytes; an answer has some 300, a batch at most a few thousand answers.
MOST_BYTES = 8 * 1024 * 1024
_ROUTE = {
    "type": "http",
    "auth": "none",
    "methods": ["POST"],
    "csrf": False,
    "save_session": False,
    "readonly": False,
    "max_content_length": MOST_BYTES,
}


class Answers(http.Controller):
    """Where an MTS brings its answers: one, or a list of them, as JSON.

    Puts them down and lets a job take them in, so that the MTS does not wait. Whoever is not
    authenticated learns nothing: every refusal is the same.
    """

    @http.route("/g2p_mts/answers/<string:ticket>", **_ROUTE)
    def with_ticket(self, ticket):
        """Authenticated by the address, which was signed for one request and expires."""
        return self._take(self._connector_of_ticket(ticket))

    @http.route("/g2p_mts/connector/<int:connector_id>/answers", **_ROUTE)
    def with_bearer(self, connector_id):
        """Authenticated by the bearer token of a connector."""
        return self._take(self._connector_of_bearer(connector_id))

    def _connector_of_ticket(self, ticket):
        # sudo: nobody is logged in here; the signature is what authenticates.
        env = request.env(su=True)
        try:
            request_id = verify_hash_signed(env, TICKET_SCOPE, ticket)
        except ValueError:
            request_id = None
        requests = env["g2p.mts.request"]
        return requests.browse(request_id or 0).exists().connector_id

    def _connector_of_bearer(self, connector_id):
        # sudo: nobody is logged in here; the token is what authenticates.
        connector = request.env(su=True)["mts.connector"].browse(connector_id).exists()
        known = self._token_of(connector)
        scheme, _, given = request.httprequest.headers.get("Authorization", "").partition(" ")
        # Compared even if there is nothing to compare with, so that time tells nothing.
        is_right = consteq(known.encode(), given.strip().encode())
        is_meant = scheme.lower() == "bearer"
        return connector if known and is_right and is_meant else connector.browse()

    def _token_of(self, connector):
        if connector.callback_authtype != "staticBearer":
            return ""
        try:
            return connector._secret("callback_auth_token")
        except UserError:  # it is kept outside the database, and is not there
            return ""

    def _take(self, connector):
        if not connector:
            return request.make_json_response({"error": "unauthorized"}, status=401)
        try:
            document = json.loads(request.httprequest.get_data(cache=False))
        except (ValueError, RecursionError):
            return request.make_json_response({"error": "not JSON"}, status=400)
        connector.env["g2p.mts.answer"]._receive(connector, document, "call")
        return request.make_json_response({"accepted": True}, status=202)
