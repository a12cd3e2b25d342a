"""What a part of the tests came to, and the table of all parts."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Result:
    """One part: how many tests, how many of them failed or were skipped, in how many seconds.

    `problems` are things wrong that are not a failed test, such as an error in a log:
    each counts as failed. `remark` is shown and does no harm.
    """

    part: str
    tests: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)
    remark: str = ""

    @property
    def passed(self) -> int:
        return max(self.tests - self.failed - self.skipped, 0)

    @property
    def wrong(self) -> int:
        return self.failed + len(self.problems)


def is_good(results: Sequence[Result]) -> bool:
    """Whether nothing failed, and something was tested at all."""
    return not any(result.wrong for result in results) and any(result.tests for result in results)


def table(results: Sequence[Result]) -> str:
    """The table of all parts; its last line is `N passed, N failed, N skipped`."""
    lines = [f"{'':26}{'tests':>8}{'failed':>8}{'skipped':>9}{'seconds':>9}"]
    for r in results:
        numbers = f"{r.tests:8}{r.wrong:8}{r.skipped:9}{r.seconds:9.1f}"
        lines.append(f"{r.part:26}{numbers}  {r.remark}".rstrip())
    passed = sum(result.passed for result in results)
    wrong = sum(result.wrong for result in results)
    skipped = sum(result.skipped for result in results)
    return "\n".join([*lines, "", f"{passed} passed, {wrong} failed, {skipped} skipped"])
