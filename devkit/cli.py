"""The commands of ./dev."""

import argparse
import errno
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
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        print(Failure("The disk is full.", f"Make room, then try again: {error}."), file=sys.stderr)
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
    _add_running(commands)
    _add_testing(commands)
    _add_tools(commands)
    return parser.parse_args(words)


def _add_running(commands: "argparse._SubParsersAction") -> None:
    commands.add_parser("setup", help="prepare Odoo, Python packages and PostgreSQL")
    demo = commands.add_parser("demo", help="import a sample registry through the addon")
    demo.add_argument("--once", action="store_true", help="end after printing the sheet")
    demo.add_argument("--fresh", action="store_true", help="begin with an empty database")
    demo.add_argument("--households", type=int, default=1000, metavar="N")
    up = commands.add_parser("up", help="serve Odoo with workers, nothing imported")
    for serving in (demo, up):
        serving.add_argument("--port", type=int, help="default: the first free one from 8069 on")


def _add_testing(commands: "argparse._SubParsersAction") -> None:
    test = commands.add_parser("test", help="run all tests, or those of some addons or paths")
    test.add_argument("targets", nargs="*", metavar="ADDON|PATH")
    # Nothing begins with a NUL: all words are the benchmark's, those with a dash too.
    bench = commands.add_parser(
        "bench", add_help=False, prefix_chars="\0", help="run a script of benchmarks/"
    )
    bench.add_argument("name")
    bench.add_argument("words", nargs="*")


def _add_tools(commands: "argparse._SubParsersAction") -> None:
    odoo = commands.add_parser("odoo", add_help=False, prefix_chars="\0", help="Odoo's own")
    odoo.add_argument("words", nargs="*")
    make = commands.add_parser("createdb", help="make a database with all addons installed")
    drop = commands.add_parser("dropdb", help="drop a database and its files")
    for command in (make, drop):
        command.add_argument("name")


def _run(arguments: argparse.Namespace) -> int:
    # Imported here, for they need what the environment holds.
    from . import commands  # noqa: PLC0415

    return getattr(commands, arguments.command)(arguments)
