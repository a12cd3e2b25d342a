"""The command line."""

import argparse
from dataclasses import dataclass
from typing import Any

from . import authenticator, validation
from .dials import PANEL


@dataclass(frozen=True)
class Options:
    """Everything that can be chosen at start. Times are in seconds."""

    host: str
    port: int
    prefix: str
    partner_id: str
    mandatory: tuple[str, ...]
    sync: bool
    pace: float
    intake: float
    expiry: float
    sweep: float
    refusals: dict[str, list[str]]
    odk_email: str
    odk_password: str
    dials: dict[str, Any]
    exit_with_parent: bool


def read(arguments: list[str] | None = None) -> Options:
    """Parse the command line; prints usage and exits on a mistake."""
    parser = _parser()
    given = vars(parser.parse_args(arguments))
    try:
        given["dials"] = dict(map(PANEL.parse, given.pop("dial")))
        given["refusals"] = dict(map(authenticator.parse_refusal, given.pop("refuse")))
        given["mandatory"] = validation.parse_mandatory(given["mandatory"])
        given["prefix"] = "/" + given["prefix"].strip("/")
    except ValueError as error:
        parser.error(str(error))
    return Options(**given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.servers.token_seeder",
        description="A sample MOSIP Token Seeder with fault dials and a small ODK Central.",
    )
    add = parser.add_argument
    add("--host", default="127.0.0.1")
    add("--port", type=int, default=8091, help="0 picks a free one")
    add("--prefix", default="/", help="path before every call of the API")
    add("--partner-id", default="p1", help="tokens depend on it")
    add("--mandatory", default=",".join(validation.MANDATORY), metavar="FIELD,…")
    add("--sync", action="store_true", help="/authtoken/json takes one record and answers at once")
    add("--pace", type=float, default=0, help="seconds each record takes in the queue")
    add("--intake", type=float, default=0, help="seconds each record takes when it is submitted")
    add("--expiry", type=float, default=21600, help="seconds until a request is deleted")
    add("--sweep", type=float, default=21600, help="seconds between two deletions")
    add("--refuse", action="append", default=[], metavar="PATTERN=CODE+…")
    add("--odk-email", default="reader@example.test")
    add("--odk-password", default="sample-secret")
    add("--dial", action="append", default=[], metavar="NAME=VALUE")
    add("--exit-with-parent", action="store_true", help="end when standard input closes")
    return parser
