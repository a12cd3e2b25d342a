"""An access token by OAuth 2.0 client credentials (RFC 6749, section 4.4), through Authlib."""

import time
from dataclasses import dataclass, field

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session

from .errors import ConfigurationError, TemporaryError
from .http import detail_keys, require_encryption

#: Seconds before its end at which a token is no longer used.
MARGIN = 60
_SECRET_IN_BODY = "client_secret_post"  # noqa: S105 - the name of a method (OpenID registry)
#: Life of a token whose provider does not tell (``expires_in`` is optional in the standard).
DEFAULT_LIFE = 60


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
    :param allowed_in_clear: accept plain http to another machine (tests only)
    """

    token_url: str
    client_id: str
    client_secret: str = field(repr=False)
    grant_type: str = "client_credentials"
    timeout: float = 10.0
    allowed_in_clear: bool = False

    def fetch(self) -> Token:
        """Ask for a new token.

        :raises ConfigurationError: the provider refused, or answered something else
        :raises TemporaryError: the provider cannot be reached or is down
        """
        require_encryption(self.token_url, self.allowed_in_clear)
        answer = self._ask()
        value = answer.get("access_token")
        if not value:
            raise ConfigurationError("The token endpoint answered without an access token.")
        return Token(value, time.time() + float(answer.get("expires_in") or DEFAULT_LIFE))

    def _ask(self) -> dict:
        try:
            with self._session() as session:
                return session.fetch_token(
                    self.token_url,
                    grant_type=self.grant_type,
                    timeout=self.timeout,
                    allow_redirects=False,
                )
        except AuthlibBaseError as error:
            words = error.description or error.error
            raise ConfigurationError(f"The token endpoint refused: {words}") from error
        except requests.exceptions.SSLError as error:
            raise ConfigurationError("The token endpoint's certificate is not trusted.") from error
        except ValueError as error:  # requests' JSONDecodeError is one of these
            raise ConfigurationError(
                "The token endpoint answers no JSON; check its path."
            ) from error
        except requests.exceptions.RequestException as error:
            raise TemporaryError("The token endpoint cannot be reached.") from error

    def _session(self) -> OAuth2Session:
        session = OAuth2Session(
            self.client_id, self.client_secret, token_endpoint_auth_method=_SECRET_IN_BODY
        )
        session.register_compliance_hook("access_token_response", _refuse_bad_status)
        return session


def _refuse_bad_status(response: requests.Response) -> requests.Response:
    """Let through what Authlib reads itself: success, and OAuth's own error bodies."""
    status = response.status_code
    if status >= 500 or status == 429:
        raise TemporaryError(f"The token endpoint is busy or down ({status}).")
    if status >= 300 and "error" not in detail_keys(response):
        raise ConfigurationError(f"The token endpoint declined the call ({status}).")
    return response
