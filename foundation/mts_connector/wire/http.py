"""One call, and what its failure means."""

from urllib.parse import urlsplit

import requests

from .errors import ConfigurationError, TemporaryError

_BAD_ADDRESS = (
    requests.exceptions.InvalidSchema,
    requests.exceptions.InvalidURL,
    requests.exceptions.MissingSchema,
)
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def require_encryption(url: str, allowed_in_clear: bool = False) -> None:
    """Refuse to send people's data or a password over plain http to another machine.

    :raises ConfigurationError: the address is not https, not this machine, and not allowed
    """
    parts = urlsplit(url)
    if parts.scheme == "https" or parts.hostname in _LOOPBACK or allowed_in_clear:
        return
    raise ConfigurationError(
        f"{parts.hostname} would be called without encryption. Use an https address."
    )


def call(
    session: requests.Session, method: str, url: str, timeout: float, **content
) -> requests.Response:
    """Call an MTS. A redirect is not followed, for it would carry people's data elsewhere.

    :param timeout: seconds to wait for the connection and between two bytes of the answer
    :raises ConfigurationError: certificate not trusted, unusable address, or a redirect
    :raises TemporaryError: not reachable, time-out, or cut
    """
    try:
        response = session.request(method, url, timeout=timeout, allow_redirects=False, **content)
    except requests.exceptions.SSLError as error:
        raise ConfigurationError("The certificate of the MTS is not trusted.") from error
    except requests.exceptions.Timeout as error:
        raise TemporaryError(f"The MTS did not answer within {timeout:.0f} seconds.") from error
    except _BAD_ADDRESS as error:
        raise ConfigurationError("The address of the MTS cannot be used.") from error
    except requests.exceptions.RequestException as error:
        raise TemporaryError("The MTS cannot be reached, or the connection was cut.") from error
    if response.is_redirect:
        raise ConfigurationError("The MTS redirects elsewhere; enter its final address.")
    return response
