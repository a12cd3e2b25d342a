"""Run the sample registry: `python -m tests.servers.social_registry --help`."""

import gc
from threading import Timer

from tests.servers.http_server import encrypted, serve

from . import options
from .app import App
from .changes import play


def main() -> None:
    """Start, say where, serve until interrupted."""
    # Millions of lasting objects: collecting among them while they are made costs seconds.
    gc.disable()
    chosen = options.read()
    app = App(chosen)
    gc.freeze()
    gc.enable()
    for step in chosen.changes:
        if step.after:
            _later(step.after, play, app.store, step)
    https = [chosen.certificate, chosen.key, chosen.client_ca]
    serve(
        app,
        chosen.host,
        chosen.port,
        exit_with_parent=chosen.exit_with_parent,
        encryption=encrypted(*https) if chosen.certificate else None,
    )


def _later(seconds: float, action, *arguments) -> None:
    timer = Timer(seconds, action, arguments)
    timer.daemon = True
    timer.start()


if __name__ == "__main__":
    main()
