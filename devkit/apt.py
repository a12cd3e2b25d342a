"""Fetches Debian packages without root and without a trace in the machine's own lists."""

import os
import shutil
from pathlib import Path

from . import apt_sources, paths
from .failure import Failure
from .processes import CommandFailed, run
from .progress import step

OTHER_WAYS = "Use `docker compose up`, or name the folder of an Odoo 19 in ODOO_ROOT."


def fetch(packages: list[str], into: Path) -> None:
    """Download `packages` (each `name/suite`) of the Debian archive as .deb files."""
    private = _Apt(paths.APT)
    private.prepare(tuple(sorted({package.split("/")[1] for package in packages})))
    with step("Debian: reading the package lists"):
        private.call("update", cwd=paths.APT)
    into.mkdir(parents=True, exist_ok=True)
    with step("Debian: downloading Odoo 19", lambda: f"{_size(into)} MB"):
        private.call("download", *packages, cwd=into)


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.glob("*") if file.exists()) >> 20


class _Apt:
    """apt-get with lists, cache and sources of its own below `home`."""

    def __init__(self, home: Path):
        self.home = home

    def prepare(self, suites: tuple[str, ...]) -> None:
        if not shutil.which("apt-get") or not shutil.which("dpkg"):
            raise Failure("Odoo 19 comes as a Debian package; apt-get is missing.", OTHER_WAYS)
        for folder in ("lists/partial", "cache/archives/partial", "parts"):
            (self.home / folder).mkdir(parents=True, exist_ok=True)
        (self.home / "sources.list").write_text(_sources(suites))
        (self.home / "apt.conf").write_text(_configuration(self.home))

    def call(self, *words: str, cwd: Path) -> None:
        try:
            run(["apt-get", "-q", "-c", self.home / "apt.conf", *words], cwd=cwd)
        except CommandFailed as error:
            raise Failure(
                f"`apt-get {words[0]}` could not fetch from Debian's archive.",
                "Check the network (and /etc/apt, whose mirror is used), then try again.",
                error.output,
            ) from error


def _sources(suites: tuple[str, ...]) -> str:
    archive = apt_sources.debian_archive(apt_sources.read_entries(Path("/etc/apt")))
    if archive is None:
        raise Failure("This machine's apt sources name no Debian archive.", OTHER_WAYS)
    return apt_sources.private_sources(archive, suites)


def _configuration(home: Path) -> str:
    """Settings read after the machine's own, whose pins and hooks must not take part."""
    settings = {
        "Dir::State::Lists": home / "lists",
        "Dir::Cache": home / "cache",
        "Dir::Etc::sourcelist": home / "sources.list",
        "Dir::Etc::sourceparts": home / "parts",
        "Dir::Etc::preferences": home / "preferences",
        "Dir::Etc::preferencesparts": home / "parts",
        "Acquire::Languages": "none",
        "Acquire::Retries": 3,
    }
    if os.geteuid() == 0:
        # The user _apt, which apt would download as, may not enter this folder.
        settings["APT::Sandbox::User"] = "root"
    hooks = ("APT::Update::Post-Invoke", "APT::Update::Post-Invoke-Success")
    lines = [f'{name} "{value}";' for name, value in settings.items()]
    return "\n".join([*(f"#clear {hook};" for hook in hooks), *lines, ""])
