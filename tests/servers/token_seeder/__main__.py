"""Run the sample token seeder: `python -m tests.servers.token_seeder --help`."""

from tests.servers.http_server import serve

from . import options
from .app import App


def main() -> None:
    """Start, say where, serve until interrupted."""
    chosen = options.read()
    app = App(chosen)
    app.begin()
    serve(app, chosen.host, chosen.port, exit_with_parent=chosen.exit_with_parent)


if __name__ == "__main__":
    main()
