"""One function per command of ./dev; each returns the exit code."""

from argparse import Namespace

from . import benchmarks, databases, postgres, templates, testing
from . import odoo as odoo_cli
from . import up as serving
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


def demo(arguments: Namespace) -> int:
    """An import of a sample registry, and its balance sheet."""
    from . import demo as story  # noqa: PLC0415  needs the sample registry's sources

    with postgres.running() as server:
        return story.demo(server, arguments)


def up(arguments: Namespace) -> int:
    """Odoo with workers, nothing imported."""
    with postgres.running() as server:
        return serving.up(server, arguments.port)


def bench(arguments: Namespace) -> int:
    """One script of benchmarks/, with the environment that Odoo has."""
    with postgres.running() as server:
        return benchmarks.call(server, arguments.name, arguments.words)


def test(arguments: Namespace) -> int:
    """All tests, or those named."""
    with postgres.running() as server:
        return testing.test(server, arguments.targets)


def createdb(arguments: Namespace) -> int:
    """A database with all addons installed."""
    with postgres.running() as server:
        templates.create(server, arguments.name)
    return 0


def dropdb(arguments: Namespace) -> int:
    """A database less."""
    with postgres.running() as server:
        databases.drop(server, arguments.name)
    return 0
