"""Two processes do not do the same thing at the same time."""

import subprocess
import sys

import pytest

from devkit import locks, paths
from devkit.failure import Failure

HOLD = """
import sys
from pathlib import Path
from devkit import locks, paths
paths.LOCKS = Path(sys.argv[1])
with locks.exclusive("work"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(state):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, paths.LOCKS],
        cwd=paths.ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_claim_is_refused_in_words_while_another_process_holds_the_lock(holder):
    claim = locks.claimed("work", "is at work")
    with pytest.raises(Failure, match="Another ./dev is at work"), claim:
        pass


def test_a_dead_process_holds_nothing(holder):
    holder.kill()
    holder.wait()
    with locks.claimed("work", "is at work"):
        pass


def test_who_waits_gets_the_lock_in_the_end(holder, capsys):
    holder.stdin.close()
    with locks.exclusive("work"):
        assert holder.wait(10) == 0


def test_only_the_last_user_is_told_that_nobody_is_left(state):
    first, second = locks.Use("server"), locks.Use("server")
    first.begin()
    second.begin()
    assert first.end() is False
    assert second.end() is True
