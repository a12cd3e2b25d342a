"""Certificates and keys for the length of a test session: an authority, and what it signs."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from cryptography.x509.oid import NameOID

HOST = x509.IPAddress(ip_address("127.0.0.1"))
OTHER_HOST = x509.DNSName("other.example.test")
NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)
VALID = (NOW - HOUR, NOW + HOUR)
EXPIRED = (NOW - 2 * HOUR, NOW - HOUR)
NOT_YET = (NOW + HOUR, NOW + 2 * HOUR)


@dataclass(frozen=True)
class Identity:
    """A certificate with its chain, and its private key, as files in PEM."""

    chain: Path
    key: Path

    @property
    def paths(self) -> tuple[Path, Path]:
        return self.chain, self.key


class Authority:
    """Signs certificates. ``pem`` is its own, ``file`` where that is written."""

    def __init__(self, folder: Path, name: str = "Test Authority"):
        self._folder = folder / name.replace(" ", "-")
        self._folder.mkdir()
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _name(name)
        builder = _builder(self._name, self._name, self._key, VALID)
        basic = x509.BasicConstraints(ca=True, path_length=0)
        builder = builder.add_extension(basic, critical=True).add_extension(_USES, critical=True)
        self._certificate = builder.sign(self._key, hashes.SHA256())
        self.pem = self._certificate.public_bytes(Encoding.PEM).decode()
        self.file = self._folder / "authority.pem"
        self.file.write_text(self.pem)

    def identity(self, name: str, host=HOST, valid=VALID) -> Identity:
        """A certificate for a host, with a chain that ends in this authority."""
        key = ec.generate_private_key(ec.SECP256R1())
        builder = _builder(_name(name), self._name, key, valid)
        names = x509.SubjectAlternativeName([host])
        certificate = builder.add_extension(names, critical=False).sign(self._key, hashes.SHA256())
        leaf = certificate.public_bytes(Encoding.PEM).decode()
        return _written(self._folder, name, leaf + self.pem, key)

    def named(self, host: str) -> Identity:
        """A certificate for a host name."""
        return self.identity(host, x509.DNSName(host))


def self_signed(folder: Path) -> tuple[Path, Path]:
    """Write a certificate for 127.0.0.1 and its key; return both paths."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("registry.example.test")
    names = x509.SubjectAlternativeName([HOST])
    builder = _builder(name, name, key, VALID).add_extension(names, critical=False)
    text = builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()
    return _written(folder, "certificate", text, key).paths


def certificate_of(key) -> str:
    """A certificate, signed by itself, of a key of any kind, as PEM."""
    name = _name("sr.example.test")
    certificate = _builder(name, name, key, VALID).sign(key, hashes.SHA256())
    return certificate.public_bytes(Encoding.PEM).decode()


def private_pem(key) -> str:
    """A private key of any kind as PEM."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public_pem(key) -> str:
    """The public half of a private key as PEM."""
    half = key.public_key()
    return half.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


_USES = x509.KeyUsage(
    digital_signature=True,
    key_cert_sign=True,
    crl_sign=True,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    encipher_only=False,
    decipher_only=False,
)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _builder(subject, issuer, key, valid) -> x509.CertificateBuilder:
    return x509.CertificateBuilder(
        issuer_name=issuer,
        subject_name=subject,
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=valid[0],
        not_valid_after=valid[1],
    )


def _written(folder: Path, name: str, chain: str, key) -> Identity:
    identity = Identity(folder / f"{name}.pem", folder / f"{name}.key.pem")
    identity.chain.write_text(chain)
    identity.key.write_text(private_pem(key))
    return identity
