"""Start and steer a sample registry from a test: `with running(households=10) as registry:`.

Only needs `requests`, and may be loaded from any working directory.
"""

import atexit
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

ROOT = Path(__file__).resolve().parents[3]
MODULE = "tests.servers.social_registry"
CLIENT_ID = "openg2p-admin-client"
CLIENT_SECRET = "sample-secret"
SEARCH_PATH = "/registry/sync/search"
TIMEOUT = 120


class Registry:
    """A registry running as a process of its own, and its control endpoints."""

    client_id = CLIENT_ID
    client_secret = CLIENT_SECRET

    def __init__(self, process: subprocess.Popen, url: str) -> None:
        self.process = process
        self.url = url
        self.base_url = f"{url}/api/v1/g2p-connect"
        self.search_url = self.base_url + SEARCH_PATH
        self.token_url = f"{url}/realms/sample/protocol/openid-connect/token"
        self._session = requests.Session()
        # A proxy from the environment cannot reach this process.
        self._session.trust_env = False

    def control(self, method: str, path: str, json: Any = None) -> Any:
        """Call /control/<path> and return its JSON. Raises ValueError with the server's reason."""
        response = self._session.request(
            method, f"{self.url}/control/{path}", json=json, timeout=TIMEOUT
        )
        if response.status_code >= 400:
            raise ValueError(f"{response.status_code}: {response.json()['detail']}")
        return response.json()

    def set_dials(self, **dials: Any) -> dict[str, Any]:
        """Have exactly these faults; none without arguments."""
        return self.control("PUT", "dials", dials)

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

    def stop(self) -> None:
        """End the process, if it still runs."""
        atexit.unregister(self.stop)
        self._session.close()
        self.process.terminate()
        close(self.process)


def start(**options: Any) -> Registry:
    """Start a registry on a free port; `options` are those of the command line.

    A list repeats an option (`dial=["reset", "latency=2"]`), True is a mere flag. The process
    ends with this one, however this one ends. Raises RuntimeError if it does not come up.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", MODULE, "--exit-with-parent", *arguments({"port": 0} | options)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    said = process.stdout.readline()
    if not said.startswith("listening on "):
        close(process)
        raise RuntimeError("the sample registry did not start; see standard error")
    registry = Registry(process, said.removeprefix("listening on ").strip())
    atexit.register(registry.stop)
    return registry


def close(process: subprocess.Popen) -> None:
    """Wait for the end of a process that is ending, and let go of its pipes."""
    process.wait()
    process.stdin.close()
    process.stdout.close()


def arguments(options: dict[str, Any]) -> list[str]:
    """Return options as words of a command line."""
    words = []
    for name, value in options.items():
        flag = f"--{name.replace('_', '-')}"
        for one in value if isinstance(value, list) else [value]:
            words += [flag] if one is True else [flag, str(one)]
    return words


@contextmanager
def running(**options: Any) -> Iterator[Registry]:
    """Have a registry for the length of a block; options as for `start`."""
    registry = start(**options)
    try:
        yield registry
    finally:
        registry.stop()
