"""Whom to trust, and who we are, on an encrypted connection."""

import os
import ssl
import tempfile
from pathlib import Path

import requests.certs
from urllib3.util.ssl_ import create_urllib3_context

from .errors import ConfigurationError


def trust(ca_bundle: str, certificate: str, key: str) -> ssl.SSLContext | None:
    """What to check the other side's certificate with, and what to show of our own.

    :param ca_bundle: PEM of the only authorities to trust; empty: those of this machine
    :param certificate: PEM of our own certificate, with its chain; empty: none is shown
    :param key: PEM of its private key, without a password
    :returns: None when nothing differs from what ``requests`` does anyway
    :raises ConfigurationError: one of the texts is no PEM, or key and certificate do not fit
    """
    if not (ca_bundle or certificate):
        return None
    context = _trusting(ca_bundle)
    if certificate:
        _show(context, certificate, key)
    return context


def _trusting(ca_bundle: str) -> ssl.SSLContext:
    # Not ssl.create_default_context: urllib3 checks host names itself, IP addresses too.
    context = create_urllib3_context(cert_reqs=ssl.CERT_REQUIRED)
    try:
        if ca_bundle:
            context.load_verify_locations(cadata=ca_bundle)
        else:
            usual = os.environ.get("REQUESTS_CA_BUNDLE") or requests.certs.where()
            context.load_verify_locations(cafile=usual)
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            "The trusted authorities (CA bundle) are no certificates in PEM format."
        ) from error
    return context


def _show(context: ssl.SSLContext, certificate: str, key: str) -> None:
    # OpenSSL reads our own certificate from files only; these live for the blink of an eye, in
    # a folder that nobody else may open.
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "client.pem"
        file.touch(mode=0o600)
        file.write_text(f"{certificate.strip()}\n{key.strip()}\n")
        try:
            # A key with a password would make OpenSSL ask for it on the terminal.
            context.load_cert_chain(file, password=lambda: b"")
        except (ssl.SSLError, ValueError):
            # Not chained: nobody needs to see what stands in a file with a key.
            raise ConfigurationError(
                "The client certificate and its key cannot be used: both have to be PEM, fit "
                "each other, and the key must not have a password."
            ) from None
