"""Programs started by ./dev: run to their end, or kept until we stop them."""

import contextlib
import errno
import os
import random
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from .failure import Failure

Command = Sequence[str | Path]


class CommandFailed(Exception):
    """A program ended with another exit code than 0; `output` is all that it printed."""

    def __init__(self, command: Command, code: int, output: str):
        super().__init__(f"{Path(command[0]).name} ended with exit code {code}")
        self.output = output


def run(command: Command, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> str:
    """Run a program to its end and return what it printed. Raises CommandFailed.

    `env` is added to our own environment.
    """
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise CommandFailed(command, done.returncode, done.stdout)
    return done.stdout


def start(command: Command, log: Path, env: Mapping[str, str] | None = None) -> subprocess.Popen:
    """Start a program that writes to `log`, in a session of its own.

    Ctrl-C reaches only us, and the kernel ends the program should we be killed.
    """
    with log.open("ab") as output:
        return subprocess.Popen(
            [*_end_with_us(), *(str(part) for part in command)],
            env=dict(os.environ if env is None else env),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


@contextlib.contextmanager
def deaf_to_interrupts() -> Iterator[None]:
    """Programs started in the body do not see Ctrl-C; we do, and end them."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def stop_all(running: Sequence[subprocess.Popen]) -> None:
    """End several programs, all at the same time."""
    for process in running:
        process.terminate()
    for process in running:
        stop(process)


def stop(process: subprocess.Popen, patience: float = 20) -> None:
    """Ask a program to end; after `patience` seconds make it, with all its children."""
    if process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    kill(process)


def kill(process: subprocess.Popen) -> None:
    """End a program that `start` started, and all its children, at once and without notice."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def children(pid: int) -> list[int]:
    """The processes that this one started and that still run."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        words = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [int(word) for word in words]
    return []


def _end_with_us() -> list[str]:
    """Words before a command by which the kernel ends it when our process is gone."""
    return ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []


def free_port(first: int, interface: str = "127.0.0.1") -> int:
    """The first port from `first` on that nobody listens on."""
    for port in range(first, min(first + 200, 65536)):
        if is_free(port, interface):
            return port
    raise Failure(f"No free port between {first} and {first + 199}.", "Name one with --port.")


def any_free_port() -> int:
    """A port that others who look for one at the same moment will hardly take as well.

    It is neither one of those that people know, nor one the kernel gives to clients.
    """
    return free_port(random.randrange(10_000, 32_000))  # noqa: S311  nothing secret


def is_free(port: int, interface: str = "127.0.0.1") -> bool:
    """Whether a server could listen on `port` now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((interface, port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
            raise
    return True


def wait_until(ready: Callable[[], bool], alive: Callable[[], bool], seconds: float) -> bool:
    """Ask `ready` until it says yes; False if `seconds` are over or `alive` says no."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and alive():
        if ready():
            return True
        time.sleep(0.2)
    return False


def answers(url: str) -> bool:
    """Whether a GET of `url` is answered with status 200."""
    # A proxy of the environment cannot reach this machine's own ports.
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(url, timeout=10) as response:
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False
