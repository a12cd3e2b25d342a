"""Playing life into the registry: people are added, changed, move, leave."""

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from .events import EVENTS, Round
from .store import Store


@dataclass(frozen=True)
class Changes:
    """How many of each; `at` is the time they happen (ISO 8601, UTC), default now.

    `households` are new ones with their members; `ended` memberships stay on the wire.
    `after` is only for changes given at start: seconds to wait before playing them in.
    """

    households: int = 0
    added: int = 0
    changed: int = 0
    moved: int = 0
    left: int = 0
    ended: int = 0
    seed: int | str = 1
    at: str | None = None
    after: float = 0

    @classmethod
    def read(cls, spec: Any) -> "Changes":
        """Build from a JSON object. Raises ValueError for anything else or unknown names."""
        names = {field.name for field in fields(cls)}
        if not isinstance(spec, dict) or spec.keys() - names:
            raise ValueError(f"changes are an object with {', '.join(sorted(names))}")
        return cls(**spec)


def parse(text: str) -> list[Changes]:
    """Read `added=3,moved=1,seed=7`, or a JSON file with one object or a list of them."""
    if "=" not in text:
        given = json.loads(Path(text).read_text(encoding="utf-8"))
        return [Changes.read(step) for step in (given if isinstance(given, list) else [given])]
    pairs = (part.split("=", 1) for part in text.split(","))
    return [Changes.read({name.strip(): _value(text) for name, text in pairs})]


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def play(store: Store, changes: Changes) -> dict[str, dict[str, Any]]:
    """Alter the store; the same store and seed give the same changes.

    Returns, per sort of change, `count` and `records`: what was really done, which is less than
    asked for when there are not enough people. Nobody is touched twice in one call.
    """
    with store.lock:
        events = Round(store, changes.seed, changes.at)
        summary = {}
        for name in EVENTS:
            records = list(getattr(events, name)(getattr(changes, name)))
            summary[name] = {"count": len(records), "records": records}
        store.version += 1
    return summary
