"""What joins an answer to the person it is for: made up for each sending, and unguessable."""

import secrets


def new_nonce() -> str:
    """A nonce of 24 letters, digits, - and _."""
    return secrets.token_urlsafe(18)
