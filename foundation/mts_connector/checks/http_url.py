"""Whether a text can be used as the address of a server."""

from urllib.parse import urlsplit


def is_http_url(text):
    """Whether ``text`` is an absolute http(s) URL with a host, and without credentials."""
    if any(character.isspace() for character in text):
        return False
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:  # an impossible port, or one bracket of an IPv6 address
        return False
    if parts.scheme not in ("http", "https") or "@" in parts.netloc:
        return False
    return bool(host) and port != 0
