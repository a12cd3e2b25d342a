"""Signatures of the envelope, written from the standard and not from the importer's code."""

import base64
import hashlib
import json
import re
import time
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed25519, padding
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key


def complaint(envelope: dict[str, Any], public_key: str) -> str:
    """Return the standard's code for what is wrong with a signature, or nothing."""
    given = dict(re.findall(r'(\w+)="([^"]*)"', envelope.get("signature") or ""))
    if "signature" not in given:
        return "err.signature.missing"
    key = load_pem_public_key(Path(public_key).read_bytes())
    value = base64.b64decode(given["signature"])
    signed = _signed(envelope, given["created"], given["expires"])
    try:
        if isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(value, signed)
        else:
            key.verify(value, signed, padding.PKCS1v15(), SHA256())
    except InvalidSignature:
        return "err.signature.invalid"
    return ""


def sign(answer: str, private_key: str, created: int | None = None) -> str:
    """Return the JSON text of an answer with its signature, good for five minutes.

    What is no message of the standard is nothing that could be signed.
    """
    envelope = json.loads(answer)
    if not {"header", "message"} <= envelope.keys():
        return answer
    key = load_pem_private_key(Path(private_key).read_bytes(), None)
    created = int(time.time()) if created is None else created
    signed = _signed(envelope, str(created), str(created + 300))
    if isinstance(key, ed25519.Ed25519PrivateKey):
        kind, value = "ed25519", key.sign(signed)
    else:
        kind, value = "rs256", key.sign(signed, padding.PKCS1v15(), SHA256())
    text = base64.b64encode(value).decode()
    envelope["signature"] = (
        f'namespace="g2p", kidId="sr.example.test|1|{kind}", algorithm="{kind}", '
        f'created="{created}", expires="{created + 300}", '
        f'headers="(created) (expires) digest", signature="{text}"'
    )
    return json.dumps(envelope, ensure_ascii=False)


def _signed(envelope: dict[str, Any], created: str, expires: str) -> bytes:
    digest = hashlib.sha256()
    for part in ("header", "message"):
        text = json.dumps(envelope[part], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        digest.update(text.encode("utf-8"))
    shown = base64.b64encode(digest.digest()).decode()
    return f"(created): {created}\n(expires): {expires}\ndigest: SHA-256={shown}".encode()
