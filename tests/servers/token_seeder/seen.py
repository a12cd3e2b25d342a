"""What the seeder has received and done, for tests to look at."""

from collections import deque
from datetime import UTC, datetime
from threading import Lock
from typing import Any

KINDS = ("submissions", "polls", "callbacks", "trouble")
KEPT = 100_000


class Seen:
    """The last events of each kind, safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.clear()

    def clear(self) -> None:
        with self._lock:
            self._events = {kind: deque(maxlen=KEPT) for kind in KINDS}

    def note(self, kind: str, /, **facts: Any) -> dict[str, Any]:
        """Add an event. Returns it; whoever noted it may still complete it."""
        event = {"at": datetime.now(UTC).isoformat(), **facts}
        with self._lock:
            self._events[kind].append(event)
        return event

    def shown(self) -> dict[str, list[dict[str, Any]]]:
        with self._lock:
            return {kind: list(events) for kind, events in self._events.items()}
