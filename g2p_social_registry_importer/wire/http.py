"""One POST, and what its failure means.

The only place where HTTP statuses become the decisions of ``errors``; what ``requests`` raises
does so in ``trouble``.
"""

from urllib.parse import urlsplit

import requests

from .errors import ConfigurationError, QueryRefusal, TemporaryError
from .reply import closed, detail_of, json_object, pause_of

#: What ``requests`` raises for an address that can never work.
BAD_ADDRESS = (
    requests.exceptions.InvalidProxyURL,
    requests.exceptions.InvalidSchema,
    requests.exceptions.InvalidURL,
    requests.exceptions.MissingSchema,
)
#: What a web framework itself says in ``detail``, unlike a registry that refuses a query.
_NO_SUCH_PATH = ("", "Not Found", "Method Not Allowed")
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


def post(session: requests.Session, url: str, **kwargs) -> requests.Response:
    """POST without following redirects.

    :param session: one that a :class:`connection.Connection` has equipped
    :raises ConfigurationError: certificate not trusted, unusable address, or a redirect
    :raises TemporaryError: not reachable, time-out, connection cut, answer incomplete
    """
    try:
        return session.post(url, allow_redirects=False, **kwargs)
    except BAD_ADDRESS as error:
        raise ConfigurationError(f"The address {url} cannot be used.") from error


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
    :raises QueryRefusal: 404 with a ``detail`` (how OpenG2P reports any GraphQL error), or 400
        with GraphQL's own ``errors``
    :raises ConfigurationError: everything else
    """
    status = response.status_code
    if 200 <= status < 300:
        return
    detail = detail_of(response)
    if is_passing(status):
        # Not in its own words: they would go into the job queue and the log with each try.
        raise TemporaryError(f"The registry is busy or down ({status}).", pause_of(response))
    if status == 407:
        raise ConfigurationError("The proxy asks for a login (407).")
    if status in (404, 405) and detail in _NO_SUCH_PATH:
        raise ConfigurationError(
            f"Nothing is served at this path ({status}); check the URL and the path."
        )
    if status == 404 or (status == 400 and is_graphql(response)):
        raise QueryRefusal(_sentence("The registry refused the query", status, detail))
    if status == 422:
        words = _sentence("The registry found the request invalid", status, detail)
        raise ConfigurationError(f"{words} Ask those who run it what it expects.")
    words = _sentence("The registry declined the call", status, detail)
    raise ConfigurationError(f"{words} Ask those who run it what this client may do.")


def is_graphql(response: requests.Response) -> bool:
    """Whether a body lists errors the way GraphQL does (its specification, section 7)."""
    errors = (json_object(response) or {}).get("errors")
    return isinstance(errors, list) and bool(errors) and all(map(_is_graphql_error, errors))


def _is_graphql_error(item: object) -> bool:
    """The errors of G2P Connect have a ``code`` beside the message."""
    return isinstance(item, dict) and "message" in item and "code" not in item


def is_passing(status: int) -> bool:
    """Whether the same call may succeed later: request time-out, too early, too many, 5xx."""
    return status in (408, 425, 429) or status >= 500


def _sentence(words: str, status: int, detail: str) -> str:
    return closed(f"{words} ({status}): {detail}" if detail else f"{words} ({status})")
