"""Remembers which steps are done, and with which inputs."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from . import paths


def digest(*parts: str | bytes | Path) -> str:
    """A short hash over texts, bytes and the content of files, in the order given."""
    total = hashlib.sha256()
    for part in parts:
        content = part.read_bytes() if isinstance(part, Path) else part
        content = content.encode() if isinstance(content, str) else content
        total.update(len(content).to_bytes(8, "big") + content)
    return total.hexdigest()[:16]


def tree_digest(folders: Iterable[Path], skipped: frozenset[str] = frozenset()) -> str:
    """A short hash over names and contents of all files below `folders`.

    Folders whose name is in `skipped`, and compiled Python, do not count.
    """
    skipped = skipped | {"__pycache__"}
    parts: list[str | Path] = []
    for folder in sorted(folders):
        for file in sorted(folder.rglob("*")):
            relative = file.relative_to(folder.parent)
            if file.is_file() and not skipped.intersection(relative.parts):
                parts += [str(relative), file]
    return digest(*parts)


def is_done(step: str, inputs: str) -> bool:
    """Whether `step` was last finished with these inputs."""
    stamp = paths.STAMPS / step
    return stamp.exists() and stamp.read_text() == inputs


def mark_done(step: str, inputs: str) -> None:
    """Remember that `step` is finished with these inputs."""
    paths.STAMPS.mkdir(parents=True, exist_ok=True)
    (paths.STAMPS / step).write_text(inputs)
