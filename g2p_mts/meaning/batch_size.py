"""How many people go into the next batch.

An MTS takes a batch as a whole, answers nobody while it does so, and loses what it holds when it
restarts. So batches grow while whole answers come back, and shrink as soon as one is lost.
"""

from dataclasses import dataclass

FIRST = 50


@dataclass(frozen=True)
class BatchSize:
    """The size now, between its bounds.

    :param floor: at least so many
    :param ceiling: at most so many
    """

    size: int = FIRST
    floor: int = 10
    ceiling: int = 1000

    def after_whole_answer(self) -> int:
        """Half as many again."""
        return self._within(self.size + max(1, self.size // 2))

    def after_loss(self) -> int:
        """Half as many."""
        return self._within(self.size // 2)

    def _within(self, size: int) -> int:
        return max(self.floor, min(self.ceiling, size))
