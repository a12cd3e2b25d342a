"""A provider of tokens whose answers a test decides about."""

from wire.connection import Connection
from wire.oauth import ClientCredentials

from .support import CANARY

GOOD = {"access_token": "abc.def-123_~+/==", "expires_in": 300, "token_type": "Bearer"}


def asking(peer, **changes):
    """Credentials for a peer whose answers a test decides about."""
    known = {"token_url": f"{peer.url}/token", "client_id": "me", "client_secret": CANARY}
    if "timeout" in changes:
        changes["connection"] = Connection(timeout=changes.pop("timeout"))
    return ClientCredentials(**known | changes)
