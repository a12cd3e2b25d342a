"""What joins an answer to the person it is for: made up for each sending, and unguessable."""

import secrets

#: Three bytes make four characters: 18 of them fill a nonce without a rest.
_BYTES, _CHARACTERS = 18, 24


def new_nonce() -> str:
    """A nonce of 24 letters, digits, - and _."""
    return secrets.token_urlsafe(_BYTES)


def new_nonces(number: int) -> list[str]:
    """So many nonces, out of one draw: the system is asked once and not for each."""
    text = secrets.token_urlsafe(_BYTES * number)
    return [text[n : n + _CHARACTERS] for n in range(0, len(text), _CHARACTERS)]
