"""What joins an answer to the person it is for: made up for each sending, and unguessable."""

import secrets
import time

#: Twelve bytes make sixteen characters. Nobody guesses 96 bits.
_BYTES, _CHARACTERS = 12, 16


def new_nonce() -> str:
    """A nonce of 24 letters, digits, - and _."""
    return new_nonces(1)[0]


def new_nonces(number: int) -> list[str]:
    """So many nonces, out of one draw: the system is asked once and not for each.

    They begin with the second, as UUIDs of version 7 do: those of a batch lie side by side in an
    index of millions, and are stored and found in half the time.
    """
    second, text = f"{int(time.time()):08x}", secrets.token_urlsafe(_BYTES * number)
    return sorted(second + text[n : n + _CHARACTERS] for n in range(0, len(text), _CHARACTERS))
