"""The clock of a registry, as far as its answers show it."""

from datetime import datetime, timedelta

#: A clock that shows whole seconds seems to stand still for so long.
_COARSE = timedelta(seconds=5)


class Clock:
    """Compares the time that answers carry with ours. All times are aware."""

    def __init__(self):
        self._shown: list[datetime | None] = []
        self._skews: list[tuple[timedelta, timedelta]] = []

    def note(self, asked_at: datetime, shown: datetime | None, got_at: datetime) -> None:
        """Take note of one answer.

        :param shown: the registry's time, or None when it shows none
        """
        self._shown.append(shown)
        if shown is not None:
            way = got_at - asked_at
            self._skews.append((way, shown - (asked_at + way / 2)))

    @property
    def moves(self) -> bool | None:
        """Whether there is a clock, and it goes; None before there is an answer."""
        if self._skew is None:
            return False if self._shown else None
        return len(set(self._shown)) > 1 or abs(self._skew) <= _COARSE

    @property
    def skew(self) -> float | None:
        """Seconds the registry is ahead of us, by the quickest answer; None without a clock."""
        return round(self._skew.total_seconds(), 1) if self.moves else None

    @property
    def _skew(self) -> timedelta | None:
        return min(self._skews)[1] if self._skews else None
