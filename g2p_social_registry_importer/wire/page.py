"""Which slice of a registry one call asks for."""

from dataclasses import dataclass
from datetime import UTC, datetime

from graphql import (
    ArgumentNode,
    BooleanValueNode,
    IntValueNode,
    NameNode,
    StringValueNode,
    ValueNode,
)


@dataclass(frozen=True)
class Page:
    """One page.

    :param is_group: households when true, individuals when false
    :param limit: rows asked for, at least 1
    :param offset: rows skipped
    :param order: a total order in the registry's own field names
    :param created_since: only registrants created later; aware or naive UTC; None for all
    """

    is_group: bool
    limit: int
    offset: int = 0
    order: str = "id asc"
    created_since: datetime | None = None

    def arguments(self) -> tuple[ArgumentNode, ...]:
        """The page as arguments of the root field."""
        values: dict[str, ValueNode] = {
            "isGroup": BooleanValueNode(value=self.is_group),
            "limit": IntValueNode(value=str(self.limit)),
            "offset": IntValueNode(value=str(self.offset)),
            "order": StringValueNode(value=self.order),
        }
        if self.created_since is not None:
            values["lastSyncDate"] = StringValueNode(value=utc_text(self.created_since))
        return tuple(
            ArgumentNode(name=NameNode(value=name), value=value) for name, value in values.items()
        )


def utc_text(moment: datetime) -> str:
    """``2026-03-02T08:15:00.000Z``: always UTC, as the registry drops an offset unconverted."""
    return as_utc(moment).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def as_utc(moment: datetime) -> datetime:
    """The same moment, aware; without a zone it is UTC already."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
