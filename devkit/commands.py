"""One function per command of ./dev; each returns the exit code."""

from argparse import Namespace

from . import databases, postgres, testing
from . import odoo as odoo_cli
from .progress import say


def setup(_arguments: Namespace) -> int:
    """Odoo and Python are ready by now; see that PostgreSQL starts."""
    with postgres.running():
        say("Ready. Next: ./dev demo, or ./dev test.")
    return 0


def odoo(arguments: Namespace) -> int:
    """Odoo's own command line."""
    with postgres.running() as server:
        return odoo_cli.call(server, arguments.words)


def test(arguments: Namespace) -> int:
    """All tests, or those named."""
    with postgres.running() as server:
        return testing.test(server, arguments.targets)


def createdb(arguments: Namespace) -> int:
    """A database with all addons installed."""
    with postgres.running() as server:
        databases.create(server, arguments.name)
    return 0


def dropdb(arguments: Namespace) -> int:
    """A database less."""
    with postgres.running() as server:
        databases.drop(server, arguments.name)
    return 0
