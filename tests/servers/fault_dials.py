"""Fault dials: what is to go wrong, for which calls, and how often."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

NUMBER = (int, float)
LIMITS = {"value", "calls", "after"}


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

    `after` calls are spared first, then `calls` are hit; `places` limits it to calls that are
    about such things. Calls that do not fit are not counted.
    """

    value: Any
    calls: int | None = None
    after: int = 0
    places: dict[str, Any] = field(default_factory=dict)

    def strikes(self) -> bool:
        """Count one fitting call; tell whether it is hit."""
        if self.after > 0:
            self.after -= 1
            return False
        if self.calls is not None:
            self.calls -= 1
        return True

    def shown(self) -> dict[str, Any]:
        """Return it in the form a panel reads, with what is left of the counts."""
        return {"value": self.value, "calls": self.calls, "after": self.after, **self.places}


@dataclass(frozen=True)
class Panel:
    """The dials a server has, and by which facts of a call they can be limited.

    `places` maps the name of such a fact to whether the dial's wish fits it.
    """

    sorts: Mapping[str, Sort]
    places: Mapping[str, Callable[[Any, Any], bool]]

    def read(self, name: str, value: Any) -> Dial:
        """Build a dial from a plain value, true, or an object of value and limits.

        Raises ValueError.
        """
        if name not in self.sorts:
            raise ValueError(f"no dial {name!r}; there are {', '.join(self.sorts)}")
        limited = isinstance(value, dict) and value.keys() <= LIMITS | self.places.keys()
        limits = dict(value) if limited else {"value": value}
        chosen = self._chosen(name, limits.pop("value", True))
        places = {place: limits.pop(place) for place in self.places if place in limits}
        places = {place: wish for place, wish in places.items() if wish is not None}
        return Dial(chosen, places=places, **limits)

    def parse(self, text: str) -> tuple[str, Any]:
        """Read NAME or NAME=VALUE of a command line, the value as JSON or else as text.

        Raises ValueError.
        """
        name, _, value = text.partition("=")
        try:
            wanted = json.loads(value) if value else True
        except ValueError:
            wanted = value
        self.read(name, wanted)
        return name, wanted

    def fits(self, dial: Dial, facts: dict[str, Any]) -> bool:
        return all(
            place in facts and self.places[place](wish, facts[place])
            for place, wish in dial.places.items()
        )

    def _chosen(self, name: str, value: Any) -> Any:
        sort = self.sorts[name]
        chosen = sort.usual if value is True else value
        if not isinstance(chosen, sort.types):
            raise ValueError(f"dial {name!r} does not take {chosen!r}")
        if sort.check:
            sort.check(chosen)
        return chosen


class Dials:
    """All dials that are set, safe to use from several threads."""

    def __init__(self, panel: Panel) -> None:
        self._panel = panel
        self._set: dict[str, Dial] = {}
        self._lock = Lock()

    def set(self, wanted: dict[str, Any]) -> None:
        """Have exactly these dials. Raises ValueError for an unknown name or unfit value."""
        dials = {
            name: self._panel.read(name, value)
            for name, value in wanted.items()
            if value is not None and value is not False
        }
        with self._lock:
            self._set = dials

    def shown(self) -> dict[str, dict[str, Any]]:
        """Return what is set, in the form `set` takes, with what is left of the counts."""
        with self._lock:
            return {name: dial.shown() for name, dial in self._set.items()}

    def take(self, scope: str, **facts: Any) -> dict[str, Any]:
        """Return the faults that hit this call, by name, and count it.

        `facts` are what the call is about, one for each place dials of this scope may name.
        """
        with self._lock:
            fitting = {
                name: dial
                for name, dial in self._set.items()
                if self._panel.sorts[name].scope == scope and self._panel.fits(dial, facts)
            }
            struck = {name: dial.value for name, dial in fitting.items() if dial.strikes()}
            self._set = {name: dial for name, dial in self._set.items() if dial.calls != 0}
        return struck
