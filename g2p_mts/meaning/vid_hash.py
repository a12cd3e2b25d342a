"""What is kept of a deleted VID: a hash under a key, from which nobody reads the VID."""

import hashlib
import hmac
import re
import unicodedata
from functools import lru_cache

#: Bytes in a hash.
LENGTH = hashlib.sha256().digest_size
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
    begun = _begun(secret, id_type).copy()
    begun.update(normalised(value).encode())
    return begun.hexdigest()


@lru_cache(maxsize=32)
def _begun(secret, id_type):
    """What the hashes of all VIDs of a type begin with: to copy it is faster than to begin anew."""
    return hmac.new(secret, f"g2p_mts.vid\n{id_type}\n".encode(), hashlib.sha256)


def token(digest_: str) -> str:
    """A value for a list of IDs that says: here stood the VID with this hash."""
    return f"gone:{digest_}"


def digest_in(value: str) -> str:
    """The hash in a :func:`token`; empty for any other value."""
    match = _TOKEN.fullmatch(value)
    return match[1] if match else ""
