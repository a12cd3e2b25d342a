"""Run the sample registry: `python -m tests.servers.social_registry --help`."""

import gc
import os
import sys
from threading import Thread, Timer

from . import options
from .app import App
from .changes import play
from .server import listen


def main() -> None:
    """Start, say where, serve until interrupted."""
    # Millions of lasting objects: collecting among them while they are made costs seconds.
    gc.disable()
    chosen = options.read()
    app = App(chosen)
    gc.freeze()
    gc.enable()
    server = listen(app)
    for step in chosen.changes:
        if step.after:
            _later(step.after, play, app.store, step)
    if chosen.exit_with_parent:
        Thread(target=_await_end_of_input, daemon=True).start()
    print(f"listening on http://{chosen.host}:{server.server_port}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


def _later(seconds: float, action, *arguments) -> None:
    timer = Timer(seconds, action, arguments)
    timer.daemon = True
    timer.start()


def _await_end_of_input() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main()
