"""One POST, and what its failure means.

The only place where HTTP statuses and exceptions of ``requests`` become the decisions of
``errors``. Redirects are never followed: they would carry the token to another host.
"""

from urllib.parse import urlsplit

import requests

from .errors import ConfigurationError, QueryRefusal, TemporaryError
from .reply import detail_of, pause_of

#: What ``requests`` raises for an address that can never work.
BAD_ADDRESS = (
    requests.exceptions.InvalidSchema,
    requests.exceptions.InvalidURL,
    requests.exceptions.MissingSchema,
)
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def require_encryption(url: str, allowed_in_clear: bool = False) -> None:
    """Refuse to send a secret or personal data over plain http to another machine.

    :raises ConfigurationError: the address is not https, not this machine, and not allowed
    """
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise ConfigurationError(f"The address {url} cannot be used.") from error
    if parts.scheme == "https" or parts.hostname in _LOOPBACK or allowed_in_clear:
        return
    raise ConfigurationError(
        f"{parts.hostname or url} would be called without encryption. Use an https address."
    )


def post(session: requests.Session, url: str, *, timeout: float, **kwargs) -> requests.Response:
    """POST without following redirects.

    :param timeout: seconds to wait for the connection and between two bytes of the answer
    :raises ConfigurationError: certificate not trusted, unusable address, or a redirect
    :raises TemporaryError: not reachable, time-out, connection cut, answer incomplete
    """
    host = urlsplit(url).hostname
    try:
        response = session.post(url, timeout=timeout, allow_redirects=False, **kwargs)
    except requests.exceptions.SSLError as error:
        raise ConfigurationError(f"The certificate of {host} is not trusted.") from error
    except requests.exceptions.Timeout as error:
        raise TemporaryError(f"{host} did not answer within {timeout:g} seconds.") from error
    except requests.exceptions.ConnectionError as error:
        raise TemporaryError(f"The connection to {host} failed or was cut.") from error
    except BAD_ADDRESS as error:
        raise ConfigurationError(f"The address {url} cannot be used.") from error
    except requests.exceptions.RequestException as error:
        raise TemporaryError(f"The answer of {host} is incomplete.") from error
    if response.is_redirect:
        raise ConfigurationError(f"{host} redirects elsewhere; enter the final address.")
    return response


def read_json(response: requests.Response) -> object:
    """The body as JSON.

    :raises TemporaryError: it calls itself JSON but is cut
    :raises ConfigurationError: it is something else, e.g. a web page
    """
    try:
        return response.json()
    except (ValueError, RecursionError) as error:
        kind = response.headers.get("Content-Type", "nothing named").split(";")[0]
        if "json" in kind:
            raise TemporaryError("The answer is cut: it is not complete JSON.") from error
        raise ConfigurationError(
            f"The address answers {kind} instead of JSON; check the URL and the path."
        ) from error


def refuse_bad_status(response: requests.Response) -> None:
    """Turn every status but 2xx into a decision.

    :raises TemporaryError: 408, 425, 429 (with the registry's ``Retry-After``) and 5xx
    :raises QueryRefusal: 404 with a ``detail``: how OpenG2P reports any GraphQL error
    :raises ConfigurationError: everything else
    """
    status = response.status_code
    if 200 <= status < 300:
        return
    detail = detail_of(response)
    if is_passing(status):
        raise TemporaryError(
            _sentence("The registry is busy or down", status, detail), pause_of(response)
        )
    if status == 404 and detail:
        raise QueryRefusal(_sentence("The registry refused the query", status, detail))
    if status == 404:
        raise ConfigurationError(
            "Nothing is served at this path (404); check the URL and the path."
        )
    if status == 422:
        raise ConfigurationError(
            _sentence("The registry found the request invalid", status, detail)
        )
    raise ConfigurationError(_sentence("The registry declined the call", status, detail))


def is_passing(status: int) -> bool:
    """Whether the same call may succeed later: request time-out, too early, too many, 5xx."""
    return status in (408, 425, 429) or status >= 500


def _sentence(words: str, status: int, detail: str) -> str:
    return f"{words} ({status}): {detail}" if detail else f"{words} ({status})."
