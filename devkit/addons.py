"""The addons of this repository."""

from pathlib import Path

from . import paths

# Besides them every database of ours has these two.
ALWAYS_INSTALLED = ("base", "queue_job")


def folders() -> list[Path]:
    """The folders of all addons: those in the root, then those in foundation/."""
    places = (paths.ROOT, paths.ROOT / "foundation")
    return [m.parent for place in places for m in sorted(place.glob("*/__manifest__.py"))]


def names() -> list[str]:
    """The technical names of all addons."""
    return [folder.name for folder in folders()]


def places() -> list[Path]:
    """The folders that hold addons, for Odoo's addons_path; Odoo refuses empty ones."""
    return sorted({folder.parent for folder in folders()})
