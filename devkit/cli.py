"""The commands of ./dev."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence

from . import paths, prepare, venv
from .failure import Failure
from .progress import say


def main(words: Sequence[str]) -> int:
    """Run one command; return the exit code. Failures are told in words, without a traceback."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    arguments = parse(words)
    try:
        if not venv.is_active():
            prepare.prepare()
            sys.stdout.flush()
            script = str(paths.ROOT / "dev")
            command = [str(paths.VENV_PYTHON), script, *words]
            os.execv(paths.VENV_PYTHON, command)  # noqa: S606  no shell is wanted
        return _run(arguments)
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("")
        return 130


def parse(words: Sequence[str]) -> argparse.Namespace:
    """The command line as a namespace; `command` names the command."""
    parser = argparse.ArgumentParser(
        prog="./dev", description="Everything this project needs, prepared and run."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("setup", help="prepare Odoo, Python packages and PostgreSQL")
    test = commands.add_parser("test", help="run all tests, or those of some addons or paths")
    test.add_argument("targets", nargs="*", metavar="ADDON|PATH")
    for name, purpose in (
        ("createdb", "make a database with all addons installed"),
        ("dropdb", "drop a database and its files"),
    ):
        commands.add_parser(name, help=purpose).add_argument("name")
    # Nothing begins with a NUL: all words are Odoo's, those with a dash too.
    odoo = commands.add_parser("odoo", add_help=False, prefix_chars="\0", help="Odoo's own")
    odoo.add_argument("words", nargs="*")
    return parser.parse_args(words)


def _run(arguments: argparse.Namespace) -> int:
    # Imported here, for they need what the environment holds.
    from . import commands  # noqa: PLC0415

    return getattr(commands, arguments.command)(arguments)
