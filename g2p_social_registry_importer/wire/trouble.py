"""What a failed connection means, in words that lead to the place where it can be mended."""

import re
import socket
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

import requests
from urllib3.util.ssl_match_hostname import CertificateError

from .errors import ConfigurationError, RegistryError, TemporaryError

#: Reasons OpenSSL gives for a certificate it does not accept (its ``x509_vfy.h``).
_CERTIFICATES = {
    9: "is not valid yet; check the clock of this server",
    10: "has expired; the other side has to renew it",
    18: "is signed by itself; enter it, or who issued it, as a trusted authority",
    19: "comes from an authority that is not trusted here; enter it as a trusted authority",
    20: "comes from an authority that is not trusted here; enter it as a trusted authority",
    21: "comes from an authority that is not trusted here; enter it as a trusted authority",
    23: "has been revoked",
    62: "is for another host; check the URL",
    64: "is for another host; check the URL",
}
_WANTS_CERTIFICATE = ("CERTIFICATE_REQUIRED", "HANDSHAKE_FAILURE", "BAD_CERTIFICATE")
_REFUSES_CERTIFICATE = ("UNKNOWN_CA", "CERTIFICATE_UNKNOWN", "CERTIFICATE_EXPIRED")
_SPEAKS_NO_TLS = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE")
#: How Python's http.client tells what a proxy said to CONNECT.
_STATUS = re.compile(r"Tunnel connection failed: ([0-9]{3})")


def trouble(
    error: requests.exceptions.RequestException, url: str, *, timeout: float, proxy: str = ""
) -> RegistryError:
    """The decision and the words for what ``requests`` raised.

    :param url: the address called; only its host and port are told
    :param timeout: seconds that were waited
    :param proxy: the proxy that was to be used, if known
    """
    parts = urlsplit(url)
    host = parts.hostname or url
    causes = list(_causes(error))
    if isinstance(error, requests.exceptions.ProxyError):
        return _of_proxy(causes, urlsplit(proxy).hostname)
    if tls := next((one for one in causes if isinstance(one, ssl.SSLError)), None):
        return _of_tls(tls, host, parts.port or 443)
    if any(isinstance(one, CertificateError) for one in causes):
        return ConfigurationError(f"The certificate of {host} is for another host; check the URL.")
    if isinstance(error, requests.exceptions.SSLError):
        return ConfigurationError(f"No encrypted connection to {host} could be made.")
    if isinstance(error, requests.exceptions.Timeout):
        return _of_patience(error, host, timeout)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return TemporaryError(_of_connection(error, causes, host, port))


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The exception and all that led to it; urllib3 keeps some of them in ``reason``."""
    waiting, seen = [error], set()
    while waiting:
        one = waiting.pop()
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [one.__context__, one.__cause__, getattr(one, "reason", None), *one.args]


def _of_tls(error: ssl.SSLError, host: str, port: int) -> RegistryError:
    if isinstance(error, ssl.SSLCertVerificationError):
        words = _CERTIFICATES.get(error.verify_code, "is not trusted")
        return ConfigurationError(f"The certificate of {host} {words}.")
    reason = str(getattr(error, "reason", "") or error)
    if any(word in reason for word in _WANTS_CERTIFICATE):
        return ConfigurationError(f"{host} asks for a client certificate; enter one and its key.")
    if any(word in reason for word in _REFUSES_CERTIFICATE):
        return ConfigurationError(f"{host} does not accept our client certificate.")
    if any(word in reason for word in _SPEAKS_NO_TLS):
        return ConfigurationError(f"Port {port} of {host} is not encrypted; check the URL.")
    if isinstance(error, ssl.SSLEOFError):
        return ConfigurationError(
            f"{host} ended the encrypted connection at once; perhaps it asks for another client "
            "certificate."
        )
    return ConfigurationError(f"No encrypted connection to {host} could be made.")


def _of_proxy(causes: list[BaseException], proxy: str | None) -> RegistryError:
    name = f"The proxy {proxy}" if proxy else "The proxy"
    if any(isinstance(one, socket.gaierror) for one in causes):
        return TemporaryError(f"{name} is not known: its name does not resolve.")
    if any(isinstance(one, ConnectionRefusedError) for one in causes):
        return TemporaryError(f"{name} refuses the connection: nothing listens at its address.")
    said = next((found for one in causes if (found := _STATUS.search(str(one)))), None)
    if said and said[1] == "407":
        return ConfigurationError(f"{name} asks for a login (407).")
    if said:
        return TemporaryError(f"{name} does not get through to the other side ({said[1]}).")
    return TemporaryError(f"{name} cannot be reached, or cut the connection.")


def _of_patience(error: requests.exceptions.Timeout, host: str, timeout: float) -> RegistryError:
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return TemporaryError(
            f"{host} could not be reached within {timeout:g} seconds; perhaps a firewall drops "
            "the call."
        )
    return TemporaryError(f"{host} did not answer within {timeout:g} seconds.")


def _of_connection(error, causes: list[BaseException], host: str, port: int) -> str:
    if any(isinstance(one, socket.gaierror) for one in causes):
        return f"The name {host} does not resolve; check its spelling, and this server's DNS."
    if any(isinstance(one, ConnectionRefusedError) for one in causes):
        return f"{host} refuses the connection: nothing listens on port {port}."
    if isinstance(error, requests.exceptions.ConnectionError):
        return f"The connection to {host} failed or was cut."
    return f"The answer of {host} is incomplete."
