"""Start and steer a sample registry from a test: `with running(households=10) as registry:`."""

from typing import Any

from tests.servers.process import Peer

MODULE = "tests.servers.social_registry"
CLIENT_ID = "openg2p-admin-client"
CLIENT_SECRET = "sample-secret"
SEARCH_PATH = "/registry/sync/search"


class Registry(Peer):
    """A registry running as a process of its own, and its control endpoints."""

    module = MODULE
    client_id = CLIENT_ID
    client_secret = CLIENT_SECRET

    @property
    def base_url(self) -> str:
        return f"{self.url}/api/v1/g2p-connect"

    @property
    def search_url(self) -> str:
        return self.base_url + SEARCH_PATH

    @property
    def token_url(self) -> str:
        return f"{self.url}/realms/sample/protocol/openid-connect/token"

    def put_registrants(self, registrants: list[dict]) -> dict[str, int]:
        """Replace everybody by explicit records. Returns the new counts."""
        return self.control("PUT", "registrants", {"registrants": registrants})

    def patch_registrants(self, registrants: list[dict]) -> dict[str, int]:
        """Insert or update explicit records by key. Returns the new counts."""
        return self.control("PATCH", "registrants", {"registrants": registrants})

    def delete_registrant(self, key: str) -> dict[str, int]:
        """Delete one registrant. Returns the new counts."""
        return self.control("DELETE", f"registrants/{key}")

    def populate(self, households: int, individuals: int | None = None, seed: int = 1):
        """Replace everybody by a seeded population. Returns the new counts."""
        wanted = {"households": households, "individuals": individuals, "seed": seed}
        return self.control("POST", "population", wanted)

    def changes(self, **counts: Any) -> dict[str, dict]:
        """Play changes in (added, changed, moved, left, …, seed). Returns what was done."""
        return self.control("POST", "changes", counts)

    def truth(self) -> dict[str, int]:
        """Return the counts that a complete import must arrive at."""
        return self.control("GET", "truth")

    def log(self) -> list[dict]:
        """Return the last searches: envelope, limit, offset, faults, status."""
        return self.control("GET", "log")["searches"]

    def token_calls(self) -> int:
        """Return how many times a token was asked for since the last reset."""
        return self.control("GET", "log")["token_calls"]

    def clear_log(self) -> None:
        """Forget searches and token calls."""
        self.control("DELETE", "log")

    def reset(self) -> dict[str, int]:
        """Bring back the state of the command line: people, dials, log, shared total."""
        return self.control("POST", "reset")


def start(**options: Any) -> Registry:
    """Start a registry on a free port; see :meth:`Peer.start`."""
    return Registry.start(**options)


def running(**options: Any) -> Registry:
    """Have a registry for the length of a block; options as for `start`."""
    return start(**options)
