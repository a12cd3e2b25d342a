"""The command line."""

import argparse
from dataclasses import dataclass
from typing import Any

from .changes import Changes, parse
from .dials import PANEL


@dataclass(frozen=True)
class Options:
    """Everything that can be chosen at start."""

    host: str
    port: int
    households: int
    individuals: int | None
    seed: int
    changes: list[Changes]
    dials: dict[str, Any]
    client_id: str
    client_secret: str
    token_lifetime: int
    cache_mb: int
    lenient: bool
    fixed_token: str | None
    basic: str | None
    api_key: str | None
    graphql_names: dict[str, str]
    verify_key: str | None
    sign_key: str | None
    certificate: str | None
    key: str | None
    client_ca: str | None
    exit_with_parent: bool


def read(arguments: list[str] | None = None) -> Options:
    """Parse the command line; prints usage and exits on a mistake."""
    parser = _parser()
    given = vars(parser.parse_args(arguments))
    try:
        given["changes"] = [step for text in given["changes"] for step in parse(text)]
        given["graphql_names"] = dict(
            pair.split("=", 1) for pair in given["graphql_names"].split(",") if pair
        )
        given["dials"] = dict(map(PANEL.parse, given.pop("dial")))
    except (ValueError, OSError) as error:
        parser.error(str(error))
    return Options(**given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.servers.social_registry",
        description="A sample Social Registry with OAuth2, G2P Connect search and fault dials.",
    )
    add = parser.add_argument
    add("--host", default="127.0.0.1")
    add("--port", type=int, default=8090, help="0 picks a free one")
    add("--households", type=int, default=100)
    add("--individuals", type=int, help="in total; default five per household")
    add("--seed", type=int, default=1)
    add("--changes", action="append", default=[], metavar="FILE_OR_SPEC")
    add("--dial", action="append", default=[], metavar="NAME=VALUE")
    add("--client-id", default="openg2p-admin-client")
    add("--client-secret", default="sample-secret")
    add("--token-lifetime", type=int, default=300, metavar="SECONDS")
    add("--cache-mb", type=int, default=256, help="answers kept until a change; 0 keeps none")
    add("--lenient", action="store_true", help="take a body without Content-Type for JSON")
    add("--fixed-token", help="take this bearer token instead of those given out")
    add("--basic", metavar="USER:PASSWORD", help="ask for HTTP Basic instead of a token")
    add("--api-key", metavar="HEADER=KEY", help="ask for a key instead of a token")
    add("--graphql-names", default="", metavar="NAME=OTHER,…", help="names of /graphql")
    add("--verify-key", metavar="FILE", help="refuse searches that are not signed by this key")
    add("--sign-key", metavar="FILE", help="sign answers with this key")
    add("--certificate", metavar="FILE", help="serve https with this certificate")
    add("--key", metavar="FILE", help="its private key")
    add("--client-ca", metavar="FILE", help="ask for a client certificate of this authority")
    add("--exit-with-parent", action="store_true", help="end when standard input closes")
    return parser
