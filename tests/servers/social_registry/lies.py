"""How a registry departs from what it is asked, or from what OpenG2P's makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# What "changed since" means instead of "created since": the criterion that takes its place, or
# None for no criterion at all.
FILTERS = {
    "created": "lastSyncDate",
    "updates": "changedSince",
    "members": "touchedSince",
    "nobody": "nobody",
    "ignored": None,
}


def check_filter(name: str) -> None:
    """Refuse, with ValueError, a meaning nobody knows."""
    if name not in FILTERS:
        raise ValueError(f"no filter {name!r}; there are {', '.join(FILTERS)}")


@dataclass(frozen=True)
class Lies:
    """What the dials say about one call; without them the registry is honest."""

    ignore_limit: bool = False
    ignore_offset: bool = False
    ignore_order: bool = False
    most_rows: int | None = None
    shown_total: int | None = None
    real_total: bool = False
    filter: str = "created"
    # "Type.field" and its type, None for a field that is not there.
    schema: Mapping[str, str | None] = field(default_factory=dict)

    @classmethod
    def told(cls, struck: Mapping[str, Any]) -> "Lies":
        """Return the lies among the faults that hit a call."""
        return cls(
            ignore_limit="ignore_limit" in struck,
            ignore_offset="repeat_page" in struck,
            ignore_order="ignore_order" in struck,
            most_rows=struck.get("most_rows"),
            shown_total=struck.get("wrong_total"),
            real_total="real_total" in struck,
            filter=struck.get("filter", "created"),
            schema=struck.get("schema", {}),
        )

    def bend(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """Return the arguments of `getRegistrants` as they are understood."""
        ignored = {
            "limit": self.ignore_limit,
            "offset": self.ignore_offset,
            "order": self.ignore_order,
        }
        bent = {name: value for name, value in arguments.items() if not ignored.get(name)}
        if self.most_rows:
            bent["limit"] = min(bent.get("limit") or self.most_rows, self.most_rows)
        if "lastSyncDate" in bent:
            moment, criterion = bent.pop("lastSyncDate"), FILTERS[self.filter]
            return bent if criterion is None else bent | {criterion: moment}
        return bent


HONEST = Lies()
