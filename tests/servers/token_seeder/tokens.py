"""Tokens as `mts-mock` makes them. Needs the standard library only."""

import base64
import hashlib


def token_of(vid: str, partner_id: str) -> str:
    """Return the token of a VID for a partner: SHA3-256 in URL-safe base64 without padding."""
    digest = hashlib.sha3_256((vid + partner_id).encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
