"""What an import changed of one registrant: enough to set it back, and to see who changed it since.

A row is named ``model,id``. Values are as JSON has them: dates as text, relations as ids.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .policy import digest


@dataclass
class Changes:
    """Rows that were written, added or both.

    :param before: row → field → value it had, or None for a row that was added
    :param after: row → field → digest of what the import left there
    """

    before: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    after: dict[str, dict[str, str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.before)

    def note(self, row: str, old: dict[str, Any]) -> None:
        """Note what a row is like that is about to be written; what was noted first counts."""
        known = self.before.get(row, {})
        if known is not None:
            self.before[row] = {**old, **known}

    def note_added(self, row: str) -> None:
        """Note a row that did not exist."""
        self.before[row] = None

    def seal(self, row: str, values: dict[str, Any]) -> None:
        """Note what the import left in a row.

        :param values: field → value it has now
        """
        self.after[row] = {name: digest(name, value) for name, value in values.items()}

    def is_as_left(self, row: str, values: dict[str, Any]) -> bool:
        """Whether nobody has changed the row since.

        :param values: field → value it has now, for all fields of :attr:`after`
        """
        left = self.after.get(row, {})
        return left == {name: digest(name, values[name]) for name in left}


def merged(changes: Iterable[Changes]) -> Changes:
    """Several changes of one registrant as one: the first old values, the last digests.

    :param changes: oldest first
    """
    whole = Changes()
    for change in changes:
        for row, old in change.before.items():
            if old is None:
                whole.note_added(row)
            else:
                whole.note(row, old)
        for row, left in change.after.items():
            whole.after[row] = {**whole.after.get(row, {}), **left}
    return whole
