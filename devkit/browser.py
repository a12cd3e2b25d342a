"""Chromium, for tests that look at screens."""

import os
import shutil

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
MISSING = "no Chromium here: install Debian's package `chromium` to run browser tests"


def find() -> str | None:
    """The path of a Chromium or Chrome, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def ensure() -> str | None:
    """Install Chromium where we may (as root, with apt); its path, or None."""
    if find() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _install()
    return find()


def is_required(env: os._Environ[str] | dict[str, str]) -> bool:
    """Whether a missing browser is a failure: on a continuous-integration machine it is."""
    return env.get("CI", "").lower() not in ("", "0", "false")


def _install() -> None:
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        with step("Debian: installing chromium"):
            run(["apt-get", "-q", "update"], env=quiet)
            run(["apt-get", "-qy", "install", "--no-install-recommends", "chromium"], env=quiet)
    except CommandFailed as error:
        say(f"  apt-get could not install it: {error.output.strip().splitlines()[-1]}")
