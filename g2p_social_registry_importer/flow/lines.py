"""One value of a record beside what it is here."""

from dataclasses import dataclass
from typing import Any

from ..meaning.uses import Use


@dataclass(frozen=True)
class Line:
    """One value on both sides.

    :param path: in the record, e.g. ``regIds[1]``; empty for what is worked out here
    :param arrived: as the source sent it; None for null, or for what it did not send
    :param use: where it goes, or why it is left out
    :param before: what the field here says now; empty for somebody new
    :param after: what it would say
    """

    path: str
    arrived: Any
    use: Use
    before: str = ""
    after: str = ""

    @property
    def is_change(self) -> bool:
        return self.before != self.after
