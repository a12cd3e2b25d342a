"""Chromium, for tests that look at screens."""

import os
import shutil
from ctypes.util import find_library

from .processes import CommandFailed, run
from .progress import say, step

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Without a sandbox, for that asks for rights a container lacks; and no calls home.
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MISSING = "not run: Debian's packages `chromium` and `libatomic1` are needed, apt install them"


def find() -> str | None:
    """The path of a Chromium or Chrome, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def missing() -> list[str]:
    """The Debian packages still needed to drive a browser."""
    # Playwright's driver, which is Node.js, is linked to libatomic.
    there = {"chromium": find(), "libatomic1": find_library("atomic")}
    return [package for package, place in there.items() if not place]


def ensure() -> bool:
    """Whether a browser can be driven; what is missing is installed where we may (root, apt)."""
    if missing() and os.geteuid() == 0 and shutil.which("apt-get"):
        _install(missing())
    return not missing()


def is_required(env: os._Environ[str] | dict[str, str]) -> bool:
    """Whether a missing browser is a failure: on a continuous-integration machine it is."""
    return env.get("CI", "").lower() not in ("", "0", "false")


def _install(packages: list[str]) -> None:
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        with step(f"Debian: installing {' and '.join(packages)}"):
            run(["apt-get", "-q", "update"], env=quiet)
            run(["apt-get", "-qy", "install", "--no-install-recommends", *packages], env=quiet)
    except CommandFailed as error:
        say(f"  apt-get could not install it: {error.output.strip().splitlines()[-1]}")
