"""The token endpoint (client credentials) and the check of the tokens it gave out."""

import secrets
import time
from collections import Counter
from hmac import compare_digest
from typing import Any
from urllib.parse import unquote_plus
from uuid import uuid4

from authlib.jose import JsonWebToken
from authlib.jose.errors import JoseError
from werkzeug import Request, Response

from tests.servers.answers import Refusal, json_response

JWT = JsonWebToken(["HS256"])


class Issuer:
    """Gives out and checks tokens. `lifetime` is in seconds."""

    def __init__(self, client_id: str, client_secret: str, lifetime: int) -> None:
        self.client_id = client_id
        self.client_secret = client_secret
        self.lifetime = lifetime
        self.calls = 0
        self.uses: Counter[str] = Counter()
        self._key = secrets.token_bytes(32)

    def answer(self, request: Request, lifetime: int | None = None) -> Response:
        """Return the OAuth answer: a token, or 400/401 with `error` and `error_description`."""
        grant = request.form.get("grant_type")
        if not grant:
            return refuse(400, "invalid_request", "Missing form parameter: grant_type")
        if grant != "client_credentials":
            return refuse(400, "unsupported_grant_type", "Unsupported grant_type")
        client = self._authenticated(request)
        if not client:
            return refuse(401, "invalid_client", "Invalid client or Invalid client credentials")
        return json_response(self._token(client, lifetime or self.lifetime), headers=NO_STORE)

    def verify(self, authorization: str | None, uses: int | None = None) -> None:
        """Accept a valid token, at most `uses` times if given. Raises Refusal (401).

        Like the real server: the prefix is cut off in exactly this case, not asked for;
        signature and times are checked, audience and issuer are not.
        """
        if not authorization:
            raise Refusal(401, "Missing authorization header.")
        try:
            claims = JWT.decode(authorization.removeprefix("Bearer").strip(), self._key)
            claims.validate(leeway=0)
        except (JoseError, ValueError):
            raise Refusal(401, "Invalid Access Token") from None
        self.uses[claims["jti"]] += 1
        if uses is not None and self.uses[claims["jti"]] > uses:
            raise Refusal(401, "Invalid Access Token")

    def _authenticated(self, request: Request) -> str | None:
        basic = request.authorization
        if basic and basic.type == "basic":
            # Form-encoded before it was put together (RFC 6749, section 2.3.1).
            given = unquote_plus(basic.username or ""), unquote_plus(basic.password or "")
        else:
            given = request.form.get("client_id", ""), request.form.get("client_secret", "")
        known = self.client_id, self.client_secret
        good = [compare_digest(*map(str.encode, pair)) for pair in zip(given, known, strict=True)]
        return self.client_id if all(good) else None

    def _token(self, client: str, lifetime: int) -> dict[str, Any]:
        now = int(time.time())
        claims = {
            "iss": "https://idp.example.test/realms/sample",
            "sub": client,
            "azp": client,
            "typ": "Bearer",
            "iat": now,
            "exp": now + lifetime,
            # A UUID, as identity providers write it: bare digits could look like the number of
            # a card, which the library refuses to sign.
            "jti": str(uuid4()),
        }
        return {
            "access_token": JWT.encode({"alg": "HS256"}, claims, self._key).decode(),
            "expires_in": lifetime,
            "refresh_expires_in": 0,
            "token_type": "Bearer",
            "not-before-policy": 0,
            "scope": "profile email",
        }


NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}


def refuse(status: int, error: str, description: str) -> Response:
    """Return an OAuth error answer."""
    body = {"error": error, "error_description": description}
    return json_response(body, status, NO_STORE)
