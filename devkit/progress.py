"""Lines that say what is going on and for how long."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

FIRST_PULSE = 1.0
PULSE_ON_SCREEN = 0.5
PULSE_IN_A_FILE = 15.0


def say(text: str) -> None:
    """Print one line at once, so that it keeps its place among the output of programs."""
    print(text, flush=True)


@contextmanager
def step(title: str, watch: Callable[[], str] | None = None) -> Iterator[None]:
    """Show `title`, the time gone by while the body runs, and the time it took.

    `watch` gives a few words about how far things are; it is called from another thread.
    """
    pulse = _Pulse(title, watch)
    pulse.start()
    try:
        yield
    except BaseException:
        pulse.end("failed")
        raise
    pulse.end("done")


class _Pulse:
    """Repeats a line: in place on a screen, now and then in a file."""

    def __init__(self, title: str, watch: Callable[[], str] | None):
        self.title = title
        self.watch = watch or (lambda: "")
        self.began = time.monotonic()
        self.on_screen = sys.stdout.isatty()
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self._beat, daemon=True)

    def start(self) -> None:
        self.thread.start()

    def end(self, word: str) -> None:
        self.stopped.set()
        self.thread.join()
        self._show(word)
        if self.on_screen:
            say("")

    def _beat(self) -> None:
        pause = FIRST_PULSE
        while not self.stopped.wait(pause):
            self._show("...")
            pause = PULSE_ON_SCREEN if self.on_screen else PULSE_IN_A_FILE

    def _show(self, word: str) -> None:
        seconds = time.monotonic() - self.began
        line = " ".join(f"  {self.title} {word} {self.watch()}".split())
        if self.on_screen:
            print(f"\r\033[K  {line}, {seconds:.0f} s", end="", flush=True)
        else:
            say(f"  {line}, {seconds:.1f} s")
