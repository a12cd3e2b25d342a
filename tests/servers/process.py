"""Start a sample server as a process of its own, and steer it through its control endpoints.

Only needs `requests`, and works from any working directory.
"""

import atexit
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

import requests

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT = 120


class Peer:
    """A sample server that runs. A subclass names its `module` and adds what can be asked."""

    module: str

    def __init__(self, process: subprocess.Popen, url: str) -> None:
        self.process = process
        self.url = url
        self.options: dict[str, Any] = {}
        self._session = requests.Session()
        # A proxy from the environment cannot reach this process.
        self._session.trust_env = False

    @classmethod
    def start(cls, **options: Any) -> Self:
        """Start one on a free port; `options` are those of the command line.

        A list repeats an option (`dial=["reset", "latency=2"]`), True is a mere flag. The process
        ends with this one, however this one ends. Raises RuntimeError if it does not come up.
        """
        peer = cls(*spawn(cls.module, {"port": 0} | options))
        peer.options = options
        if "certificate" in options:
            peer.trust(options["certificate"])
        atexit.register(peer.stop)
        return peer

    def trust(self, chain: str, *own: str) -> None:
        """Steer a server with https; `own` are the files of a certificate to show and its key."""
        self._session.verify = str(chain)
        self._session.cert = own or None

    def crash(self) -> None:
        """Kill the process, and start it anew with the same options on the same port."""
        self.process.kill()
        close(self.process)
        port = self.url.rpartition(":")[2]
        self.process, self.url = spawn(self.module, self.options | {"port": port})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.stop()

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

    def stop(self) -> None:
        """End the process, if it still runs."""
        atexit.unregister(self.stop)
        self._session.close()
        self.process.terminate()
        close(self.process)


def spawn(module: str, options: dict[str, Any]) -> tuple[subprocess.Popen, str]:
    """Start a server; its process and base URL. Raises RuntimeError if it does not come up."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, "--exit-with-parent", *arguments(options)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    said = process.stdout.readline()
    if not said.startswith("listening on "):
        close(process)
        raise RuntimeError(f"{module} did not start; see standard error")
    return process, said.removeprefix("listening on ").strip()


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
