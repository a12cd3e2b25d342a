"""Everything between a fresh clone and a command that runs. Done steps take no time."""

import os
import shutil

from . import locks, odoo_package, paths, venv
from .failure import Failure

ROOM_NEEDED_GB = 4


def prepare() -> None:
    """Make Odoo and the virtual environment ready. Raises Failure."""
    _check_owner()
    with locks.exclusive("setup"):
        if not paths.VENV.exists():
            _check_room()
        odoo_package.prepare()
        venv.prepare(odoo_package.find())


def _check_owner() -> None:
    paths.STATE.mkdir(exist_ok=True)
    owner = paths.STATE.stat().st_uid
    if owner != os.geteuid():
        raise Failure(
            f"{paths.STATE} belongs to another user (number {owner}).",
            "Run ./dev as that user, or remove the folder.",
        )


def _check_room() -> None:
    free = shutil.disk_usage(paths.STATE).free >> 30
    if free < ROOM_NEEDED_GB:
        raise Failure(
            f"Only {free} GB are free on the disk of {paths.STATE}.",
            f"Make room: about {ROOM_NEEDED_GB} GB are needed.",
        )
