"""Checking and joining the addresses of a registry. Knows nothing of Odoo."""

import re
from urllib.parse import urlsplit

SCHEMES = ("http", "https")
_SCHEME_PREFIX = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\s\x00-\x1f\x7f]")


class UrlError(ValueError):
    """The address cannot be used. ``reason`` is one of the keys below.

    ``blank_inside``, ``not_absolute``, ``credentials``, ``port``, ``query``.
    """

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def is_absolute(value):
    """Whether ``value`` begins with a scheme (``https://``), known or not."""
    return bool(_SCHEME_PREFIX.match(value.strip()))


def check_url(url):
    """Return ``url`` without outer blanks if it is an absolute http(s) URL with a host.

    :raise UrlError: it is not, or it carries a user name or password, which would end up in
        logs and error texts.
    """
    url = url.strip()
    # urlsplit() drops line breaks and tabs in silence: what is checked must be what is stored.
    if _UNPRINTABLE.search(url):
        raise UrlError("blank_inside")
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError as error:  # for instance an IPv6 address with only one bracket
        raise UrlError("not_absolute") from error
    if parts.scheme not in SCHEMES or not host:
        raise UrlError("not_absolute")
    if "@" in parts.netloc:
        raise UrlError("credentials")
    _check_port(parts)
    return url


def check_base_url(url):
    """Like :func:`check_url`; also refuses a query or fragment, as paths are appended to it."""
    url = check_url(url)
    if "?" in url or "#" in url:
        raise UrlError("query")
    return url


def check_path(value):
    """Return ``value`` without outer blanks: a path below the base URL, or an absolute URL.

    :raise UrlError: there is a blank inside, or it is absolute but not a usable http(s) URL.
    """
    value = value.strip()
    if is_absolute(value):
        return check_url(value)
    if _UNPRINTABLE.search(value):
        raise UrlError("blank_inside")
    return value


def join_url(base, path):
    """Append ``path`` to ``base`` with exactly one slash between them.

    An absolute ``path`` is returned as it is, an empty one gives ``base`` as it is.
    """
    base, path = base.strip(), path.strip()
    if is_absolute(path):
        return path
    if not path:
        return base
    return f"{base.rstrip('/')}/{path.lstrip('/')}"


def _check_port(parts):
    try:
        port = parts.port
    except ValueError as error:
        raise UrlError("port") from error
    if port == 0:
        raise UrlError("port")
