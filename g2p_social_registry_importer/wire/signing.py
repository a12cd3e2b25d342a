"""Signatures of G2P Connect messages, both ways.

The standard (registry core API 1.0.0, member ``signature``) gives the text's shape and leaves
open how a message becomes bytes. Read here as HTTP signatures read it (draft-cavage-12, section
2.3): signed are the lines ``(created)``, ``(expires)`` and ``digest``, the last being SHA-256 of
header and message, one behind the other, in canonical JSON (RFC 8785).
"""

import base64
import binascii
import hashlib
import re
import time
from dataclasses import dataclass, field

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa
from cryptography.x509 import load_pem_x509_certificate

from .errors import ConfigurationError

#: Seconds a signature of ours is good for.
LIFE = 300
#: Seconds the other side's clock may differ from ours.
SKEW = 120
ED25519, RS256 = "ed25519", "rs256"
_COVERED = "(created) (expires) digest"
_PARAMETER = re.compile(r'([A-Za-z]+)="([^"]*)"')
_UNREADABLE = (ValueError, TypeError, UnicodeError)


@dataclass(frozen=True)
class Signer:
    """Signs what is sent.

    :param key: a private key, see :func:`private_key`
    :param sender_id: who signs, as the registry knows it
    :param key_id: which of the sender's keys, as the registry knows it
    """

    key: ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey = field(repr=False)
    sender_id: str
    key_id: str

    def sign(self, document: dict) -> str:
        """The member ``signature`` for an envelope with ``header`` and ``message``."""
        created = int(time.time())
        kind = _kind(self.key)
        signed = _lines(document, str(created), str(created + LIFE))
        value = _sign(self.key, signed)
        return ", ".join(
            f'{name}="{text}"'
            for name, text in {
                "namespace": "g2p",
                "kidId": f"{self.sender_id}|{self.key_id}|{kind}",
                "algorithm": kind,
                "created": created,
                "expires": created + LIFE,
                "headers": _COVERED,
                "signature": base64.b64encode(value).decode(),
            }.items()
        )


@dataclass(frozen=True)
class Verifier:
    """Checks what comes back.

    :param key: the registry's public key, see :func:`public_key`
    """

    key: ed25519.Ed25519PublicKey | rsa.RSAPublicKey

    def check(self, document: dict, echo: str = "") -> None:
        """Refuse an answer that the registry has not signed as it stands.

        :param echo: our own signature, which OpenG2P sends back instead of one of its own
        :raises ConfigurationError: no signature, another algorithm, too old, or it does not fit
        """
        text = str(document.get("signature") or "")
        parts = {} if text == echo else dict(_PARAMETER.findall(text))
        if not parts.get("signature"):
            raise ConfigurationError(
                "The answer is not signed. Ask the registry to sign, or take its public key off."
            )
        self._check_claims(parts)
        self._check_value(document, parts)

    def _check_claims(self, parts: dict[str, str]) -> None:
        algorithm, kind = parts.get("algorithm", "").lower(), _kind(self.key)
        if algorithm not in (kind, {RS256: "rsa-sha256"}.get(kind)):
            raise ConfigurationError(f"The answer is not signed by the method of its key ({kind}).")
        if parts.get("headers") != _COVERED:
            raise ConfigurationError(f"The signature of the answer does not cover {_COVERED}.")
        if not _is_now(parts.get("created", ""), parts.get("expires", "")):
            raise ConfigurationError(
                "The signature of the answer is not valid now; compare the clocks of both sides."
            )

    def _check_value(self, document: dict, parts: dict[str, str]) -> None:
        signed = _lines(document, parts["created"], parts["expires"])
        try:
            _verify(self.key, base64.b64decode(parts["signature"], validate=True), signed)
        except (InvalidSignature, binascii.Error):
            raise ConfigurationError(
                "The signature of the answer does not fit its content: it was changed on its way, "
                "or the public key is not the registry's."
            ) from None


def private_key(pem: str) -> ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey:
    """A private key to sign with.

    :raises ConfigurationError: no PEM, with a password, or neither Ed25519 nor RSA
    """
    try:
        key = serialization.load_pem_private_key(pem.encode(), None)
    except _UNREADABLE:
        # Not chained: some of these errors quote what they could not read.
        raise ConfigurationError(
            "The signing key cannot be read: it has to be PEM without a password."
        ) from None
    return _usable(key, ed25519.Ed25519PrivateKey, rsa.RSAPrivateKey)


def public_key(pem: str) -> ed25519.Ed25519PublicKey | rsa.RSAPublicKey:
    """The key in a PEM text, or that of the certificate in it.

    :raises ConfigurationError: neither can be read, or the key is neither Ed25519 nor RSA
    """
    text = pem.encode()
    try:
        if b"BEGIN CERTIFICATE" in text:
            key = load_pem_x509_certificate(text).public_key()
        else:
            key = serialization.load_pem_public_key(text)
    except _UNREADABLE as error:
        raise ConfigurationError(
            "The registry's public key cannot be read: enter it, or its certificate, as PEM."
        ) from error
    return _usable(key, ed25519.Ed25519PublicKey, rsa.RSAPublicKey)


def _usable(key, *kinds):
    if not isinstance(key, kinds):
        raise ConfigurationError("Only Ed25519 and RSA keys can be used for signatures.")
    return key


def _kind(key) -> str:
    edwards = isinstance(key, (ed25519.Ed25519PrivateKey, ed25519.Ed25519PublicKey))
    return ED25519 if edwards else RS256


def _sign(key, signed: bytes) -> bytes:
    if _kind(key) == ED25519:
        return key.sign(signed)
    return key.sign(signed, padding.PKCS1v15(), hashes.SHA256())


def _verify(key, value: bytes, signed: bytes) -> None:
    if _kind(key) == ED25519:
        key.verify(value, signed)
    else:
        key.verify(value, signed, padding.PKCS1v15(), hashes.SHA256())


def _lines(document: dict, created: str, expires: str) -> bytes:
    """What is signed.

    :raises ConfigurationError: canonical JSON cannot hold what the document holds
    """
    try:
        whole = rfc8785.dumps(document.get("header", {})) + rfc8785.dumps(document["message"])
    except ValueError:
        # Not chained: the error quotes what it could not write.
        raise ConfigurationError(
            "A signature cannot cover this message: it holds a half character, or a whole number "
            "beyond 2^53, which canonical JSON (RFC 8785) does not know. Write it as a text."
        ) from None
    digest = base64.b64encode(hashlib.sha256(whole).digest()).decode()
    lines = f"(created): {created}\n(expires): {expires}\ndigest: SHA-256={digest}"
    return lines.encode()


def _is_now(created: str, expires: str) -> bool:
    if not (created.isdecimal() and expires.isdecimal() and len(created + expires) < 30):
        return False
    return int(created) - SKEW <= time.time() <= int(expires) + SKEW
