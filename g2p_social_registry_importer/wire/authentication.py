"""How a call proves who makes it."""

import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field

import requests.auth

from .errors import ConfigurationError
from .oauth import Token

#: A header's name (RFC 9110, section 5.1), and what its value may consist of here.
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?")
#: Names that belong to the call itself; a key under one of them would break it.
_TAKEN = {"host", "content-type", "content-length", "accept", "connection", "transfer-encoding"}


@dataclass(frozen=True)
class Header(requests.auth.AuthBase):
    """One header that is put on a request.

    Given to ``requests`` as authentication: as a mere header it would give way to the machine's
    netrc.
    """

    name: str
    value: str = field(repr=False)

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers[self.name] = self.value
        return request


class Authentication:
    """The proof that goes with each call. ``what`` names it in a sentence, ``advice`` follows."""

    what = ""
    advice = "Check it, or ask those who run the registry."

    def header(self) -> Header:
        """The proof as it stands."""
        raise NotImplementedError

    def renewed(self) -> Header | None:
        """Another proof after a 401, or None when there is none to be had."""
        return None


class OAuth(Authentication):
    """Tokens that are asked for, and renewed once when the registry refuses one.

    :param token: gives the token; called with ``renew=True`` for another one
    """

    what = "token"
    advice = "The token endpoint did give it: check scope and audience."

    def __init__(self, token: Callable[..., Token]):
        self._token = token

    def header(self) -> Header:
        return Header("Authorization", self._token(renew=False).header)

    def renewed(self) -> Header:
        return Header("Authorization", self._token(renew=True).header)


class Fixed(Authentication):
    """The same header each time."""

    def __init__(self, what: str, name: str, value: str):
        self.what = what
        self._header = Header(name, value)

    def header(self) -> Header:
        return self._header


def fixed_token(token: str) -> Fixed:
    """A bearer token that somebody handed over.

    :raises ConfigurationError: it is empty, or holds what cannot stand in a header
    """
    return Fixed("token", "Authorization", f"Bearer {_sendable('token', token)}")


def basic(user: str, password: str) -> Fixed:
    """User name and password as HTTP Basic, in UTF-8 (RFC 7617, section 2.1).

    :raises ConfigurationError: the user name is empty or holds a colon, or there is no password
    """
    if not user or ":" in user or not password:
        raise ConfigurationError("Enter a user name without a colon, and its password.")
    pair = b64encode(f"{user}:{password}".encode()).decode()
    return Fixed("user name and password", "Authorization", f"Basic {pair}")


def api_key(name: str, key: str) -> Fixed:
    """A key in a header of its own.

    :raises ConfigurationError: name or key cannot stand in a header, or the name is taken
    """
    if not _NAME.fullmatch(name) or name.lower() in _TAKEN:
        raise ConfigurationError("The header of the API key cannot be used; X-API-Key is usual.")
    return Fixed("API key", name, _sendable("API key", key))


def _sendable(what: str, value: str) -> str:
    if not value:
        raise ConfigurationError(f"There is no {what} yet; enter it.")
    if not _VALUE.fullmatch(value):
        raise ConfigurationError(
            f"The {what} holds a character that cannot be sent; enter it anew."
        )
    return value
