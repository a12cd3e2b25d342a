"""What is kept of a deleted VID: a hash under a key, from which nobody reads the VID."""

import hashlib
import re
import unicodedata
from functools import lru_cache

#: Bytes in a hash, and those that SHA-256 takes in at a time.
LENGTH, _BLOCK = hashlib.sha256().digest_size, hashlib.sha256().block_size
#: What an HMAC makes two keys of one with.
_PADS = (0x36, 0x5C)
#: What stands for a VID where an import still has to recognise the person by it: see
#: :func:`token`.
_TOKEN = re.compile(r"gone:([0-9a-f]{64})")


def normalised(value: str) -> str:
    """A VID without what people add to it: blanks, hyphens, capitals, other forms of a digit."""
    if value.isascii() and value.isdigit():
        return value
    text = unicodedata.normalize("NFKC", value).casefold()
    return "".join(character for character in text if character.isalnum()) or text.strip()


def digest(secret: bytes, id_type: int, value: str) -> str:
    """64 hexadecimal digits for a VID of an ID type: an HMAC-SHA-256.

    :param secret: without it, nobody can try out which VID it is
    """
    begun_inner, begun_outer = _begun(secret, id_type)
    inner, outer = begun_inner.copy(), begun_outer.copy()
    inner.update(normalised(value).encode())
    outer.update(inner.digest())
    return outer.hexdigest()


@lru_cache(maxsize=32)
def _begun(secret, id_type):
    """What the hashes of all VIDs of a type begin with, see RFC 2104.

    To copy these two takes less than half the time of copying an HMAC of Python's own, and that
    takes less than beginning one.
    """
    key = hashlib.sha256(secret).digest() if len(secret) > _BLOCK else secret
    inner, outer = (
        hashlib.sha256(bytes(byte ^ pad for byte in key.ljust(_BLOCK, b"\0"))) for pad in _PADS
    )
    inner.update(f"g2p_mts.vid\n{id_type}\n".encode())
    return inner, outer


def token(digest_: str) -> str:
    """A value for a list of IDs that says: here stood the VID with this hash."""
    return f"gone:{digest_}"


def digest_in(value: str) -> str:
    """The hash in a :func:`token`; empty for any other value."""
    match = _TOKEN.fullmatch(value)
    return match[1] if match else ""
