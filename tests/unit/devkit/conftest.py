"""The devkit's own parts are tried on real programs and in folders of their own."""

import os
import stat
from pathlib import Path

import pytest

from devkit import paths


@pytest.fixture
def state(tmp_path, monkeypatch):
    """An empty state folder, so that a test touches nothing of the one in use."""
    for name in ("LOCKS", "STAMPS", "LOGS", "CONFIGURATIONS", "DATA_DIR"):
        monkeypatch.setattr(paths, name, tmp_path / name.lower())
    return tmp_path


@pytest.fixture
def script(tmp_path):
    """Write an executable script and return its path."""

    def write(name: str, text: str) -> Path:
        file = tmp_path / name
        file.write_text(text)
        file.chmod(file.stat().st_mode | stat.S_IXUSR)
        return file

    return write


@pytest.fixture
def closed_folder(tmp_path):
    """A folder that only its owner may enter, as /root is."""
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o700)
    assert os.stat(folder).st_mode & 0o077 == 0
    return folder
