"""Odoo 19 itself: Debian's package unpacked into our folder, or a copy that is already there."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from . import apt, paths, stamps
from .failure import Failure
from .progress import step

# Odoo's web assets are links into the folders of these.
PACKAGES = [
    "odoo-19/sid",
    "libjs-jquery/sid",
    "libjs-jquery-form/sid",
    "libjs-underscore/sid",
    "fonts-roboto-unhinted/sid",
    "fonts-montserrat/sid",
    "fonts-inconsolata/sid",
    "fonts-ocr-b/sid",
    "fonts-glyphicons-halflings/sid",
    "fonts-font-awesome/bookworm",  # later suites lack the file names that Odoo links to
]
LIBRARY = Path("usr/lib/python3/dist-packages")
# A copy of odoo/addons, file by file.
LEFT_OUT = f"./{LIBRARY}/addons"
# Known to dangle, and only the shop till's receipts would use it.
DANGLING = frozenset(["point_of_sale/static/src/fonts/Inconsolata.otf"])


@dataclass(frozen=True)
class Odoo:
    """Where an Odoo lies: the folder to import `odoo` from, and its folders of addons."""

    library: Path
    addons: tuple[Path, ...]


def find() -> Odoo:
    """The Odoo to use: the one of ODOO_ROOT, else the unpacked one. Raises Failure."""
    named = os.environ.get("ODOO_ROOT")
    if named:
        return usable(Path(named).expanduser().resolve())
    return usable(paths.ODOO_PACKAGE)


def usable(root: Path) -> Odoo:
    """Look at a source tree of Odoo or an unpacked package. Raises Failure unless it is 19.0."""
    for library in (root, root / LIBRARY):
        release = library / "odoo" / "release.py"
        if release.exists() and _series(release.read_text()) == (19, 0):
            folders = (library / "addons", library / "odoo" / "addons")
            return Odoo(library, tuple(f for f in folders if (f / "web").is_dir()))
    raise Failure(
        f"There is no Odoo 19.0 in {root}.",
        "Let ODOO_ROOT name a folder of Odoo 19.0 sources (with odoo/release.py), or unset it.",
    )


def _series(release: str) -> tuple[int, ...]:
    found = re.search(r"^version_info = \((\d+), (\d+)", release, re.MULTILINE)
    return tuple(int(number) for number in found.groups()) if found else ()


def prepare() -> None:
    """Download and unpack Odoo, unless that is done or ODOO_ROOT names another."""
    wanted = stamps.digest(*PACKAGES)
    if os.environ.get("ODOO_ROOT") or stamps.is_done("odoo", wanted):
        return
    debs = paths.STATE / "debs"
    apt.fetch(PACKAGES, debs)
    with step("Odoo 19: unpacking"):
        _unpack(debs, paths.ODOO_PACKAGE)
    _check_links(find())
    shutil.rmtree(debs)
    stamps.mark_done("odoo", wanted)


def _unpack(debs: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for deb in sorted(debs.glob("*.deb")):
        reader = subprocess.Popen(["dpkg", "--fsys-tarfile", deb], stdout=subprocess.PIPE)
        tar = ["tar", "-x", "-C", target, "--no-same-owner", f"--exclude={LEFT_OUT}"]
        written = subprocess.run(tar, stdin=reader.stdout, capture_output=True, check=False)
        if reader.wait() or written.returncode:
            raise Failure(
                f"{deb.name} could not be unpacked.",
                "Make room on the disk (1.5 GB), then try again.",
                written.stderr.decode(errors="replace"),
            )


def _check_links(odoo: Odoo) -> None:
    missing = [link for folder in odoo.addons for link in dangling_links(folder)]
    unexpected = sorted(set(missing) - DANGLING)
    if unexpected:
        raise Failure(
            "Odoo's web client lacks files of other Debian packages.",
            "Add the packages that hold them to devkit/odoo_package.py.",
            "\n".join(unexpected),
        )


def dangling_links(folder: Path) -> list[str]:
    """Links below `folder` that lead nowhere, relative to it."""
    links = (Path(top) / name for top, subs, files in os.walk(folder) for name in subs + files)
    broken = (link for link in links if link.is_symlink() and not link.exists())
    return [str(link.relative_to(folder)) for link in broken]
