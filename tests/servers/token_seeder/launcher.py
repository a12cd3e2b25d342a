"""Start and steer a sample token seeder from a test: `with running(pace=0.1) as seeder:`."""

from typing import Any

from tests.servers.process import Peer

from .tokens import token_of

ODK_EMAIL = "reader@example.test"
ODK_PASSWORD = "sample-secret"


class Seeder(Peer):
    """A token seeder running as a process of its own, and its control endpoints."""

    module = "tests.servers.token_seeder"
    odk_email = ODK_EMAIL
    odk_password = ODK_PASSWORD

    @property
    def odk_url(self) -> str:
        """The base URL of its ODK Central."""
        return f"{self.url}/odk"

    @property
    def odk_odata_url(self) -> str:
        """The OData URL of the one form there is."""
        return f"{self.odk_url}/v1/projects/1/forms/people.svc"

    def set_settings(self, **settings: Any) -> dict[str, Any]:
        """Change pace, intake, expiry, sweep (seconds) or refusals. Returns all settings."""
        return self.control("PATCH", "settings", settings)

    def restart(self, *, forget: bool = True) -> None:
        """Lose the queue and, unless told otherwise, every request and result."""
        self.control("POST", "restart", {"forget": forget})

    def clean_up(self, older_than: float = 0) -> list[str]:
        """Delete requests of that age in seconds, finished or not. Returns their identifiers."""
        return self.control("POST", "cleanup", {"older_than": older_than})["gone"]

    def put_submissions(self, submissions: list[dict]) -> None:
        """Replace what ODK Central holds; each has `__system.submissionDate` (RFC 3339)."""
        self.control("PUT", "odk", {"submissions": submissions})

    def requests(self) -> list[dict]:
        """Return the requests it holds: identifier, status, result records."""
        return self.control("GET", "requests")

    def submissions(self) -> list[dict]:
        """Return what was submitted: at, kind, envelope, status (None for a reset), answer."""
        return self.control("GET", "seen")["submissions"]

    def callbacks(self) -> list[dict]:
        """Return the calls made: at, identifier, step (login, call, logout), url, status."""
        return self.control("GET", "seen")["callbacks"]

    def polls(self) -> list[dict]:
        """Return the calls for status and file: at, what, identifier, status."""
        return self.control("GET", "seen")["polls"]

    def clear_seen(self) -> None:
        """Forget what was submitted, called and asked."""
        self.control("DELETE", "seen")

    def token_of(self, vid: str) -> str:
        """Return the token that this seeder gives for a VID."""
        return token_of(vid, self.control("GET", "settings")["partner_id"])

    def reset(self) -> None:
        """Bring back the state of the command line: nothing held, dials, settings, log."""
        self.control("POST", "reset")


def start(**options: Any) -> Seeder:
    """Start a token seeder on a free port; see :meth:`Peer.start`."""
    return Seeder.start(**options)


def running(**options: Any) -> Seeder:
    """Have a token seeder for the length of a block; options as for `start`."""
    return start(**options)
