"""The addons of this repository."""

import ast
from pathlib import Path

from . import paths

# Every database of ours has these, whether an addon asks for them or not.
ALWAYS_INSTALLED = ("base", "queue_job")


def folders() -> list[Path]:
    """The folders of all addons: those in the root, then those in foundation/."""
    places = (paths.ROOT, paths.ROOT / "foundation")
    return [m.parent for place in places for m in sorted(place.glob("*/__manifest__.py"))]


def names() -> list[str]:
    """The technical names of all addons."""
    return [folder.name for folder in folders()]


def foundations() -> list[str]:
    """The addons of others that ours are built on."""
    manifests = [ast.literal_eval((f / "__manifest__.py").read_text()) for f in folders()]
    needed = {name for manifest in manifests for name in manifest.get("depends", [])}
    return sorted({*ALWAYS_INSTALLED, *needed} - set(names()))


def places() -> list[Path]:
    """The folders that hold addons, for Odoo's addons_path; Odoo refuses empty ones."""
    return sorted({folder.parent for folder in folders()})
