"""Reads Odoo's log: how many tests ran, which were skipped, and what nobody expected."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

HEAD = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ "
    r"(?P<level>[A-Z]+) (?P<database>\S+) (?P<logger>[^\s:]+): (?P<message>.*)$"
)
TOTAL = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
SKIPPED = re.compile(r"^skipped (?P<test>\S+) : (?P<reason>.*)")
FAILED = re.compile(r"^(FAIL|ERROR): ")
LENGTH = 200
# Printed by each process of Odoo, and may come between a message and its traceback.
NOISE = "Running as user 'root' is a security risk"
SERIOUS = frozenset(["WARNING", "ERROR", "CRITICAL"])


@dataclass
class Entry:
    """One message; its text has several lines if a traceback follows."""

    level: str
    logger: str
    text: str

    @property
    def line(self) -> str:
        """The message in short: its beginning and, after ` ... `, its last line.

        That is where a traceback or the database says what was wrong.
        """
        lines = [line.strip() for line in self.text.splitlines() if line.strip()] or [""]
        end = f" ... {lines[-1][:LENGTH]}" if len(lines) > 1 else ""
        return f"{self.level} {self.logger}: {lines[0][:LENGTH]}{end}"


def entries(lines: Iterable[str]) -> Iterator[Entry]:
    """The messages of a log. Lines before the first one are not Odoo's and left out."""
    current: Entry | None = None
    for line in lines:
        head = HEAD.match(line)
        if head:
            if current:
                yield current
            current = Entry(head["level"], head["logger"], head["message"] + "\n")
        elif current and not line.startswith(NOISE):
            current.text += line.rstrip("\n") + "\n"
    if current:
        yield current


def last_error(log: str) -> str:
    """The last error of a log with its traceback; the end of the log if there is none."""
    errors = [e.text for e in entries(log.splitlines()) if e.level in ("ERROR", "CRITICAL")]
    return errors[-1] if errors else "\n".join(log.splitlines()[-15:])


@dataclass
class TestLog:
    """What a log says about a test run. `total` is None if the run never came to its end."""

    total: int | None
    failed: int
    failures: list[Entry]
    skips: list[tuple[str, str]]
    serious: list[Entry]


def read_tests(lines: Iterable[str]) -> TestLog:
    """Read the log of `odoo --test-tags`."""
    log = TestLog(None, 0, [], [], [])
    for entry in entries(lines):
        _note(log, entry)
    return log


def _note(log: TestLog, entry: Entry) -> None:
    total = TOTAL.search(entry.text) if entry.logger == "odoo.tests.result" else None
    skipped = SKIPPED.match(entry.text) if ".tests" in entry.logger else None
    if total:
        failures, errors, log.total = (int(number) for number in total.groups())
        log.failed = failures + errors
    elif skipped:
        log.skips.append((skipped["test"], skipped["reason"].strip()))
    elif ".tests" in entry.logger and FAILED.match(entry.text):
        log.failures.append(entry)
    elif entry.level in SERIOUS:
        log.serious.append(entry)
