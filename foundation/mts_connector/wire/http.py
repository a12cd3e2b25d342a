"""One call, and what its failure means."""

import ssl
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import NewConnectionError

from .errors import AddressError, ConfigurationError, UnansweredError, UnreachableError

_BAD_ADDRESS = (
    requests.exceptions.InvalidSchema,
    requests.exceptions.InvalidURL,
    requests.exceptions.MissingSchema,
)
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def require_encryption(url: str, allowed_in_clear: bool = False) -> None:
    """Refuse to send people's data or a password over plain http to another machine.

    :raises AddressError: the address is not https, not this machine, and not allowed
    """
    parts = urlsplit(url)
    if parts.scheme == "https" or parts.hostname in _LOOPBACK or allowed_in_clear:
        return
    raise AddressError(
        f"{parts.hostname} would be called without encryption. Use an https address."
    )


def call(
    session: requests.Session, method: str, url: str, timeout: float, **content
) -> requests.Response:
    """Call an MTS. A redirect is not followed, for it would carry people's data elsewhere.

    :param timeout: seconds to wait for the connection and between two bytes of the answer
    :raises AddressError: certificate not trusted, or unusable address
    :raises ConfigurationError: a redirect
    :raises UnreachableError: not reachable
    :raises UnansweredError: time-out, or cut
    """
    try:
        response = session.request(method, url, timeout=timeout, allow_redirects=False, **content)
    except _BAD_ADDRESS as error:
        raise AddressError("The address of the MTS cannot be used.") from error
    except requests.exceptions.RequestException as error:
        raise _failure(error, timeout) from error
    if response.is_redirect:
        raise ConfigurationError("The MTS redirects elsewhere; enter its final address.")
    return response


def _failure(error: requests.exceptions.RequestException, timeout: float) -> Exception:
    """What a call that did not come to an answer means."""
    # What stopped it: requests wraps what urllib3 has wrapped.
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    if isinstance(error, requests.exceptions.SSLError):
        return _distrust(reason)
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return UnreachableError(f"The MTS did not answer within {timeout:.0f} seconds.")
    if isinstance(error, requests.exceptions.Timeout):
        return UnansweredError(f"The MTS did not answer within {timeout:.0f} seconds.")
    is_unreachable = isinstance(reason, NewConnectionError)
    kind = UnreachableError if is_unreachable else UnansweredError
    return kind("The MTS cannot be reached, or the connection was cut.")


def _distrust(reason: object) -> ConfigurationError:
    """The certificate is refused before anything is sent; of other trouble that is not sure."""
    cause = reason.args[0] if isinstance(reason, Exception) and reason.args else None
    is_certificate = isinstance(cause, ssl.SSLCertVerificationError)
    kind = AddressError if is_certificate else ConfigurationError
    return kind("The certificate of the MTS is not trusted.")
