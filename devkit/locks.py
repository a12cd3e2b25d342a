"""Two `./dev` at once must not trample on each other. The kernel lets go of a dead one's locks."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from . import paths
from .failure import Failure
from .progress import say


@contextmanager
def exclusive(name: str) -> Iterator[None]:
    """Hold the lock `name` alone; wait, and say so, while another process has it."""
    with _open(name) as file:
        if not _try(file, fcntl.LOCK_EX):
            say(f"  another ./dev is busy with: {name}; waiting for it")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def claimed(name: str, what: str) -> Iterator[None]:
    """Hold the lock `name` alone; raises Failure, which says `what`, if another process has it."""
    with _open(name) as file:
        if not _try(file, fcntl.LOCK_EX):
            raise Failure(f"Another ./dev {what}.", "End that one first, or use it.")
        yield


class Use:
    """Counts the processes that use something, so that the last one can put it away."""

    def __init__(self, name: str):
        self._file = _open(name)

    def begin(self) -> None:
        """Join the users. Raises BlockingIOError while somebody asks whether it is the last."""
        fcntl.flock(self._file, fcntl.LOCK_SH | fcntl.LOCK_NB)

    def end(self) -> bool:
        """Leave the users; True if nobody is left."""
        alone = _try(self._file, fcntl.LOCK_EX)
        self._file.close()
        return alone


def _open(name: str) -> IO[str]:
    paths.LOCKS.mkdir(parents=True, exist_ok=True)
    return (paths.LOCKS / name).open("a")


def _try(file: IO[str], kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
