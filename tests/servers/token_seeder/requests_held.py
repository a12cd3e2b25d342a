"""The requests MTS holds, until clean-up or a restart takes them."""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from .shapes import Wish
from .validation import Record

POD = "00"


def _identifier() -> str:
    # The first two characters say which pod holds the request.
    return POD + str(uuid.uuid4())[2:]


@dataclass
class HeldRequest:
    """One request: what is wished, its records, how far it is, and its file if there is one."""

    wish: Wish
    records: list[Record]
    identifier: str = field(default_factory=_identifier)
    created: float = field(default_factory=time.time)
    status: str = "submitted"
    file: bytes | None = None

    @property
    def has_valid_records(self) -> bool:
        return any(record.status != "invalid" for record in self.records)

    @property
    def final_status(self) -> str:
        good = all(record.status == "processed" for record in self.records)
        return "processed" if good else "processed_with_errors"

    def shown(self) -> dict[str, Any]:
        """Return what tests may see of it."""
        return {
            "identifier": self.identifier,
            "status": self.status,
            "records": [record.output() for record in self.records],
        }


class HeldRequests:
    """All requests by identifier, safe to use from several threads."""

    def __init__(self) -> None:
        self._held: dict[str, HeldRequest] = {}
        self._lock = Lock()

    def add(self, request: HeldRequest) -> None:
        with self._lock:
            self._held[request.identifier] = request

    def get(self, identifier: str) -> HeldRequest | None:
        with self._lock:
            return self._held.get(identifier)

    def all(self) -> list[HeldRequest]:
        with self._lock:
            return list(self._held.values())

    def remove(self, unwanted: Callable[[HeldRequest], bool]) -> list[str]:
        """Forget requests, finished or not. Returns their identifiers."""
        with self._lock:
            gone = [one.identifier for one in self._held.values() if unwanted(one)]
            for identifier in gone:
                del self._held[identifier]
        return gone

    def remove_older(self, seconds: float) -> list[str]:
        """Forget requests by the age of their creation. Returns their identifiers."""
        limit = time.time() - seconds
        return self.remove(lambda request: request.created <= limit)
