"""Lists of what is allowed although it looks wrong. Every entry has its reason above it."""

import re
from collections.abc import Iterable
from pathlib import Path

EXPECTED_LOG_LINES = Path(__file__).parent / "expected_log_lines.txt"
EXPECTED_AFTER_KILLS = Path(__file__).parent / "expected_after_kills.txt"
ALLOWED_SKIPS = Path(__file__).parent / "allowed_skips.txt"


class Unexplained(ValueError):
    """An entry of a list has no comment above it."""


def read(file: Path) -> list[re.Pattern]:
    """The regular expressions in `file`, one per line. Raises Unexplained."""
    patterns: list[re.Pattern] = []
    explained = False
    for line in file.read_text().splitlines():
        if line.startswith("#"):
            explained = True
        elif line.strip():
            if not explained:
                raise Unexplained(f"{file.name}: say in a comment why this is allowed: {line}")
            patterns.append(re.compile(line))
        else:
            explained = False
    return patterns


def allowed(text: str, patterns: Iterable[re.Pattern]) -> bool:
    """Whether one of the expressions matches all of `text`."""
    return any(pattern.fullmatch(text) for pattern in patterns)
