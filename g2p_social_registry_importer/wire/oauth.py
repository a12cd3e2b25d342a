"""An access token by OAuth 2.0 client credentials (RFC 6749, section 4.4).

Through Authlib (BSD-3, kept by its author since 2017), in place of the token call that 17.0 wrote
by hand: how a client shows its secret, and how a provider says no, are the library's business.
"""

import re
import time
from base64 import b64encode
from dataclasses import dataclass, field
from urllib.parse import quote_plus

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session

from .connection import Connection
from .errors import ConfigurationError, TemporaryError
from .http import BAD_ADDRESS, is_passing, require_encryption
from .reply import closed, json_object, pause_of, quoted

#: Seconds before its end at which a token is no longer used.
MARGIN = 60
#: How a client shows its secret, as OpenID calls it (client authentication methods).
_IN_BODY, _AS_BASIC = "client_secret_post", "client_secret_basic"
#: Life of a token whose provider does not tell (``expires_in`` is optional in the standard).
DEFAULT_LIFE = 60
#: Seconds after which any token is asked for anew, whatever its provider promises.
LONGEST_LIFE = 86_400
#: What a token may consist of (RFC 6749, appendix A.12), without blanks.
_TOKEN = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True)
class Token:
    """An access token.

    :param value: the secret itself; never shown in a repr
    :param expires_at: Unix time, seconds
    """

    value: str = field(repr=False)
    expires_at: float = 0.0

    @property
    def is_fresh(self) -> bool:
        return bool(self.value) and time.time() < self.expires_at - MARGIN

    @property
    def header(self) -> str:
        """Always ``Bearer``: OpenG2P compares with case, whatever ``token_type`` says."""
        return f"Bearer {self.value}"


@dataclass(frozen=True)
class ClientCredentials:
    """Where and as whom to ask for a token.

    :param token_url: absolute address of the token endpoint
    :param scope: names with blanks between them, or empty
    :param audience: whom the token is for, or empty (asked for by Auth0, Keycloak and others)
    :param secret_as_basic: show the secret as HTTP Basic instead of in the body
    """

    token_url: str
    client_id: str
    client_secret: str = field(repr=False)
    grant_type: str = "client_credentials"
    scope: str = ""
    audience: str = ""
    secret_as_basic: bool = False
    connection: Connection = Connection(timeout=10.0)

    def fetch(self) -> Token:
        """Ask for a new token.

        :raises ConfigurationError: the provider refused, or answered something else
        :raises TemporaryError: the provider cannot be reached or is down
        """
        require_encryption(self.token_url, self.connection.allowed_in_clear)
        answer = self._ask()
        life = float(answer.get("expires_in") or DEFAULT_LIFE)
        return Token(answer["access_token"], time.time() + min(life, LONGEST_LIFE))

    def _ask(self) -> dict:
        wishes = {"scope": self.scope, "audience": self.audience}
        try:
            with self._session() as session:
                return session.fetch_token(
                    self.token_url,
                    grant_type=self.grant_type,
                    allow_redirects=False,
                    **{name: value for name, value in wishes.items() if value},
                )
        except AuthlibBaseError as error:
            # Not chained: the provider's own text may be long, or repeat what it was sent.
            raise ConfigurationError(
                f"The token endpoint refused: {closed(self._words(error))} "
                "Check the client ID and the client secret."
            ) from None
        except BAD_ADDRESS as error:
            raise ConfigurationError("The token endpoint's address cannot be used.") from error

    def _words(self, error: AuthlibBaseError) -> str:
        words = quoted(error.description) or quoted(error.error) or "no reason given"
        return words.replace(self.client_secret, "…") if self.client_secret else words

    def _session(self) -> OAuth2Session:
        session = OAuth2Session(
            self.client_id,
            self.client_secret,
            token_endpoint_auth_method=_AS_BASIC if self.secret_as_basic else _IN_BODY,
        )
        if self.secret_as_basic:
            session.register_client_auth_method((_AS_BASIC, _as_basic))
        session.register_compliance_hook("access_token_response", _refuse_unusable)
        return self.connection.equip(session)


def _as_basic(client, _method, uri, headers, body):
    """RFC 6749, section 2.3.1: both parts form-encoded first. Authlib leaves that out, and fails
    on letters outside Latin-1.
    """
    pair = ":".join(quote_plus(part or "") for part in (client.client_id, client.client_secret))
    headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
    return uri, headers, body


def _refuse_unusable(response: requests.Response) -> requests.Response:
    """Let through what Authlib reads itself: a token, and OAuth's own error bodies."""
    status, body = response.status_code, json_object(response)
    if is_passing(status):
        raise TemporaryError(f"The token endpoint is busy or down ({status}).", pause_of(response))
    if body and "error" in body:
        return response
    if status >= 300:
        place = "; check its path" if status in (404, 405) else ""
        raise ConfigurationError(f"The token endpoint declined the call ({status}){place}.")
    if body is None:
        raise ConfigurationError("The token endpoint answers no JSON object; check its path.")
    _check_token(body)
    return response


def _check_token(body: dict) -> None:
    value, life = body.get("access_token"), body.get("expires_in")
    if not value:
        raise ConfigurationError(
            "The token endpoint answered without an access token; check its path."
        )
    if not (isinstance(value, str) and _TOKEN.fullmatch(value)):
        raise ConfigurationError("The token endpoint's access token is no header value.")
    if life and not _is_seconds(life):
        raise ConfigurationError("The token endpoint's expires_in is no number of seconds.")


def _is_seconds(life: object) -> bool:
    """A number, or digits in quotes, which some providers send."""
    if isinstance(life, str):
        return re.fullmatch("[0-9]{1,9}", life) is not None
    return isinstance(life, (int, float)) and 0 <= life < 1e9
