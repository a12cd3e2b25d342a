"""Fault dials: what is to go wrong, for which calls, and how often."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

NUMBER = (int, float)
LIMITS = {"value", "calls", "after", "page", "offset"}


@dataclass(frozen=True)
class Sort:
    """One sort of fault: the endpoint it hits, the usual value, and what its value may be.

    `check` raises ValueError for a value of the right type that means nothing.
    """

    scope: str
    usual: Any
    types: type | tuple[type, ...]
    check: Callable[[Any], Any] | None = None


@dataclass
class Dial:
    """A fault that is set. Without limits it hits every call until it is taken off.

    `after` calls are spared first, then `calls` are hit; `page` (from 0) and `offset` limit it
    to searches for that page. Calls that do not fit are not counted.
    """

    value: Any
    calls: int | None = None
    after: int = 0
    page: int | None = None
    offset: int | None = None

    def fits(self, page: int | None, offset: int | None) -> bool:
        return self.page in (None, page) and self.offset in (None, offset)

    def strikes(self) -> bool:
        """Count one fitting call; tell whether it is hit."""
        if self.after > 0:
            self.after -= 1
            return False
        if self.calls is not None:
            self.calls -= 1
        return True


class Dials:
    """All dials that are set, safe to use from several threads. `sorts` are those there are."""

    def __init__(self, sorts: Mapping[str, Sort]) -> None:
        self._sorts = sorts
        self._set: dict[str, Dial] = {}
        self._lock = Lock()

    def set(self, wanted: dict[str, Any]) -> None:
        """Have exactly these dials. Raises ValueError for an unknown name or unfit value."""
        dials = {
            name: read(self._sorts, name, value)
            for name, value in wanted.items()
            if value is not None and value is not False
        }
        with self._lock:
            self._set = dials

    def shown(self) -> dict[str, dict[str, Any]]:
        """Return what is set, in the form `set` takes, with what is left of the counts."""
        with self._lock:
            return {name: dict(vars(dial)) for name, dial in self._set.items()}

    def take(
        self, scope: str, page: int | None = None, offset: int | None = None
    ) -> dict[str, Any]:
        """Return the faults that hit this call, by name, and count it."""
        with self._lock:
            fitting = {
                name: dial
                for name, dial in self._set.items()
                if self._sorts[name].scope == scope and dial.fits(page, offset)
            }
            struck = {name: dial.value for name, dial in fitting.items() if dial.strikes()}
            self._set = {name: dial for name, dial in self._set.items() if dial.calls != 0}
        return struck


def read(sorts: Mapping[str, Sort], name: str, value: Any) -> Dial:
    """Build a dial from a plain value, true, or an object of value and limits.

    Raises ValueError.
    """
    if name not in sorts:
        raise ValueError(f"no dial {name!r}; there are {', '.join(sorts)}")
    limits = value if isinstance(value, dict) and value.keys() <= LIMITS else {"value": value}
    sort = sorts[name]
    chosen = limits.get("value", True)
    if chosen is True:
        chosen = sort.usual
    if not isinstance(chosen, sort.types):
        raise ValueError(f"dial {name!r} does not take {chosen!r}")
    if sort.check:
        sort.check(chosen)
    return Dial(**(limits | {"value": chosen}))


def parse(sorts: Mapping[str, Sort], text: str) -> tuple[str, Any]:
    """Read NAME or NAME=VALUE of a command line, the value as JSON or else as text.

    Raises ValueError.
    """
    name, _, value = text.partition("=")
    try:
        wanted = json.loads(value) if value else True
    except ValueError:
        wanted = value
    read(sorts, name, wanted)
    return name, wanted
