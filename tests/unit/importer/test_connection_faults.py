"""For each fault of a connection: what has to be decided, and what the engineer reads.

The table is written to ``.dev/logs/connection-table.md``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from wire.errors import (
    ConfigurationError,
    QueryRefusal,
    RefusalError,
    RegistryError,
    TemporaryError,
)

from .certificates import Authority, Identity
from .faults import FAULTS
from .support import CANARY, all_words

TABLE = Path(__file__).parents[3] / ".dev" / "logs" / "connection-table.md"
DECISIONS = {
    ConfigurationError: "change a setting",
    TemporaryError: "try again later",
    RefusalError: "see the registry",
    QueryRefusal: "change the query",
}

#: Fault → the decision it leads to, and words the engineer reads.
EXPECTED: dict[str, tuple[type[RegistryError], str]] = {
    "The host name does not exist": (
        TemporaryError,
        "The name registry.example.test does not resolve; check its spelling, and this server's",
    ),
    "Nothing listens on the port": (
        TemporaryError,
        "127.0.0.1 refuses the connection: nothing listens on port",
    ),
    "The host swallows the call": (
        TemporaryError,
        "127.0.0.1 could not be reached within 0.5 seconds; perhaps a firewall",
    ),
    "The registry is too slow": (TemporaryError, "127.0.0.1 did not answer within 0.3 seconds."),
    "The connection is cut": (TemporaryError, "The connection to 127.0.0.1 failed or was cut."),
    "The address is plain http": (
        ConfigurationError,
        "registry.example.test would be called without encryption. Use an https address.",
    ),
    "The address is no address": (ConfigurationError, "The address https:// cannot be used."),
    "The certificate has expired": (
        ConfigurationError,
        "The certificate of 127.0.0.1 has expired; the other side has to renew it.",
    ),
    "The certificate is not valid yet": (
        ConfigurationError,
        "The certificate of 127.0.0.1 is not valid yet; check the clock of this server.",
    ),
    "The certificate is for another host": (
        ConfigurationError,
        "The certificate of localhost is for another host; check the URL.",
    ),
    "The certificate does not name the IP address": (
        ConfigurationError,
        "The certificate of 127.0.0.1 is for another host; check the URL.",
    ),
    "The certificate's authority is not known": (
        ConfigurationError,
        "comes from an authority that is not trusted here; enter it as a trusted authority.",
    ),
    "The certificate is signed by itself": (
        ConfigurationError,
        "is signed by itself; enter it, or who issued it, as a trusted authority.",
    ),
    "The port speaks plain http": (
        ConfigurationError,
        "of 127.0.0.1 is not encrypted; check the URL.",
    ),
    "A client certificate is asked for and there is none": (
        ConfigurationError,
        "127.0.0.1 asks for a client certificate; enter one and its key.",
    ),
    "The client certificate is of another authority": (
        ConfigurationError,
        "127.0.0.1 does not accept our client certificate.",
    ),
    "The client certificate and its key do not fit": (
        ConfigurationError,
        "The client certificate and its key cannot be used: both have to be PEM",
    ),
    "The CA bundle is no certificate": (
        ConfigurationError,
        "The trusted authorities (CA bundle) are no certificates in PEM format.",
    ),
    "The proxy does not exist": (
        TemporaryError,
        "The proxy proxy.example.test is not known: its name does not resolve.",
    ),
    "The proxy refuses the connection": (
        TemporaryError,
        "The proxy 127.0.0.1 refuses the connection: nothing listens at its address.",
    ),
    "The proxy asks for a login": (
        ConfigurationError,
        "The proxy 127.0.0.1 asks for a login (407).",
    ),
    "The proxy asks for a login (plain http)": (
        ConfigurationError,
        "The proxy asks for a login (407).",
    ),
    "The proxy does not reach the registry": (
        TemporaryError,
        "The proxy 127.0.0.1 does not get through to the other side (502).",
    ),
    "The token endpoint does not know the client": (
        ConfigurationError,
        "The token endpoint refused: Invalid client or Invalid client credentials",
    ),
    "The token endpoint's path is wrong": (
        ConfigurationError,
        "The token endpoint declined the call (404); check its path.",
    ),
    "The token endpoint answers a web page": (
        ConfigurationError,
        "The token endpoint answers no JSON object; check its path.",
    ),
    "The token endpoint gives no token": (
        ConfigurationError,
        "The token endpoint answered without an access token; check its path.",
    ),
    "The token endpoint is down": (TemporaryError, "The token endpoint is busy or down (503)."),
    "The token endpoint redirects": (
        ConfigurationError,
        "127.0.0.1 redirects elsewhere (302); enter the final address.",
    ),
    "The registry does not take the token": (
        ConfigurationError,
        "does not accept our token (401): Invalid Access Token. The token endpoint did give it: "
        "check scope and audience.",
    ),
    "The registry is not allowed to us": (
        ConfigurationError,
        "The registry declined the call (403): Role registry-reader is missing",
    ),
    "The path is wrong (a web page)": (
        ConfigurationError,
        "Nothing is served at this path (404); check the URL and the path.",
    ),
    "The path is wrong (JSON)": (
        ConfigurationError,
        "Nothing is served at this path (404); check the URL and the path.",
    ),
    "The path is wrong (only GET is served there)": (
        ConfigurationError,
        "Nothing is served at this path (405); check the URL and the path.",
    ),
    "The query is wrong": (
        QueryRefusal,
        "The registry refused the query (404): Cannot query field 'age' on type 'Partner'.",
    ),
    "The registry misses a field of the request": (
        ConfigurationError,
        "The registry found the request invalid (422): body.header.sender_id: Field required",
    ),
    "The registry has too much to do": (
        TemporaryError,
        "The registry is busy or down (429).",
    ),
    "The registry is down": (
        TemporaryError,
        "The registry is busy or down (503).",
    ),
    "The registry redirects": (
        ConfigurationError,
        "127.0.0.1 redirects elsewhere (307); enter the final address.",
    ),
    "A web page is answered (200)": (
        ConfigurationError,
        "The address answers text/html instead of JSON; check the URL and the path.",
    ),
    "Something else in JSON is answered (200)": (
        ConfigurationError,
        "The search response breaks the G2P Connect envelope: $.message is missing.",
    ),
    "Plain GraphQL is answered (200)": (
        ConfigurationError,
        "The answer is plain GraphQL, not G2P Connect; choose the other protocol.",
    ),
    "The envelope of the answer is broken (200)": (
        ConfigurationError,
        "$.message.search_response[0].status does not meet rule 'enum'.",
    ),
    "The answer is cut (200)": (TemporaryError, "The answer is cut: it is not complete JSON."),
    "The registry rejects the search (200)": (
        RefusalError,
        "The registry refused the search: rjct.search_criteria.invalid – Rejected by the sample",
    ),
    "The answer holds no records (200)": (
        RefusalError,
        "The registry reported success but sent no records (data is empty).",
    ),
}


@dataclass
class Tools:
    """What a fault is made of."""

    registry: object
    authority: Authority
    stranger: Identity
    self_signed: tuple[Path, Path]
    no_names: Callable[[], None]
    made: dict[str, Identity] = field(default_factory=dict)

    def identity(self, name, at=None, **wishes) -> Identity:
        return self.authority.identity(name, **({"host": at} if at else {}), **wishes)


@pytest.fixture
def tools(request, registry, authority, certificate, tmp_path):
    stranger = Authority(tmp_path, "Stranger").identity("client")
    return Tools(
        registry, authority, stranger, certificate, lambda: request.getfixturevalue("no_names")
    )


@pytest.fixture(scope="module")
def read():
    """Fault → (decision, words); written down when all are known."""
    found: dict[str, tuple[str, str]] = {}
    yield found
    rows = (f"| {name} | {decision} | {words} |" for name, (decision, words) in found.items())
    head = "| Fault | To do | What the engineer reads |\n| --- | --- | --- |\n"
    TABLE.parent.mkdir(parents=True, exist_ok=True)
    TABLE.write_text(head + "\n".join(rows) + "\n")


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_says_what_it_is_and_what_to_do(name, tools, read):
    with FAULTS[name](tools) as call, pytest.raises(RegistryError) as caught:
        call()
    read[name] = DECISIONS[type(caught.value)], str(caught.value)
    assert CANARY not in all_words(caught.value)
    kind, words = EXPECTED[name]
    assert type(caught.value) is kind
    assert words in str(caught.value)


def test_the_table_is_of_all_faults():
    assert FAULTS.keys() == EXPECTED.keys()
