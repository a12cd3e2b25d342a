"""How other machines are reached: the same rules for the registry and for its token endpoint."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

from .errors import ConfigurationError
from .tls import trust
from .trouble import trouble


@dataclass(frozen=True)
class Connection:
    """The settings of all calls of one source.

    :param timeout: seconds to wait for the connection, and between two bytes of the answer
    :param allowed_in_clear: accept plain http to another machine (tests only)
    :param proxy: URL of a proxy for all calls; empty: what the environment says
    :param ca_bundle, client_certificate, client_key: see :func:`tls.trust`
    """

    timeout: float = 60.0
    allowed_in_clear: bool = False
    proxy: str = ""
    ca_bundle: str = ""
    client_certificate: str = ""
    client_key: str = field(default="", repr=False)

    def equip(self, session: requests.Session) -> requests.Session:
        """Have a session, of whatever library, obey these settings.

        :raises ConfigurationError: a certificate or key cannot be used
        """
        adapter = _Adapter(self)
        for prefix in ("https://", "http://"):
            session.mount(prefix, adapter)
        return session


class _Adapter(HTTPAdapter):
    """Sends by the rules of a :class:`Connection`; every failure is one of :mod:`errors`.

    Redirects are refused: they would carry the token, and what is asked for, to another host.
    """

    def __init__(self, connection: Connection):
        self._connection = connection
        self._context = trust(
            connection.ca_bundle, connection.client_certificate, connection.client_key
        )
        super().__init__()

    def send(self, request, **options):
        """:raises ConfigurationError, TemporaryError: see :func:`trouble.trouble`"""
        patience, proxy = self._connection.timeout, self._connection.proxy
        if proxy:
            options["proxies"] = {"http": proxy, "https": proxy}
        try:
            response = super().send(request, **{**options, "timeout": patience})
            # The body is read here, so that a failure on the way is seen here as well.
            _ = response.content
        except requests.exceptions.RequestException as error:
            raise trouble(error, request.url, timeout=patience, proxy=proxy) from error
        if response.is_redirect:
            raise ConfigurationError(
                f"{urlsplit(request.url).hostname} redirects elsewhere ({response.status_code}); "
                "enter the final address."
            )
        return response

    def build_connection_pool_key_attributes(self, request, verify, cert=None):
        if self._context is None:
            return super().build_connection_pool_key_attributes(request, verify, cert)
        host, _usual = super().build_connection_pool_key_attributes(request, True)
        own = {"ssl_context": self._context, "cert_reqs": "CERT_REQUIRED"}
        return host, own if host["scheme"] == "https" else {}

    def cert_verify(self, conn, url, verify, cert):
        """Nothing to add where a context of our own says all; else as usual."""
        return super().cert_verify(conn, url, verify, cert) if self._context is None else None
