"""What can be wrong with a connection, brought about with real sockets; each yields a call to make.

A fault is a generator: what it yields is a function that fails.
"""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from wire.authentication import OAuth, fixed_token
from wire.client import SocialRegistry
from wire.connection import Connection
from wire.oauth import ClientCredentials
from wire.query import RegistryQuery
from wire.transport import G2PConnectTransport

from .answers import answer
from .certificates import EXPIRED, NOT_YET, OTHER_HOST
from .peers import Reply, serving
from .support import CANARY, FIRST, HOUSEHOLDS, Tokens, credentials, fetch

Call = Callable[[], object]
FAULTS: dict[str, Callable[..., Iterator[Call]]] = {}


def fault(name: str):
    """Enter a generator in the list, as a context manager."""

    def enter(generator):
        FAULTS[name] = contextmanager(generator)
        return generator

    return enter


def search(url: str, **connection) -> object:
    """Ask for a page with a token nobody gave."""
    way = G2PConnectTransport(url, fixed_token(CANARY), Connection(**connection))
    with SocialRegistry(way) as source:
        return source.fetch(HOUSEHOLDS, FIRST)


def token(url: str, **connection) -> object:
    """Ask for a token."""
    return ClientCredentials(url, "me", CANARY, connection=Connection(**connection)).fetch()


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@fault("The host name does not exist")
def _(tools):
    tools.no_names()
    yield partial(search, "https://registry.example.test/search")


@fault("Nothing listens on the port")
def _(tools):
    yield partial(search, f"https://127.0.0.1:{closed_port()}/search")


@fault("The host swallows the call")
def _(tools):
    with socket.socket() as server, socket.socket() as first, socket.socket() as second:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        for filler in (first, second):
            filler.setblocking(False)
            filler.connect_ex(server.getsockname())
        yield partial(search, f"http://127.0.0.1:{server.getsockname()[1]}/", timeout=0.5)


@fault("The registry is too slow")
def _(tools):
    with serving(Reply(200, answer(), delay=1.0)) as peer:
        yield partial(search, peer.url, timeout=0.3)


@fault("The connection is cut")
def _(tools):
    tools.registry.set_dials(reset=True)
    yield partial(fetch, tools.registry)


@fault("The address is plain http")
def _(tools):
    yield partial(search, "http://registry.example.test/search")


@fault("The address is no address")
def _(tools):
    yield partial(search, "https://")


def certified(tools, host="127.0.0.1", **identity):
    with serving(Reply(200, answer()), certificate=tools.identity(**identity).paths) as peer:
        url = peer.url.replace("127.0.0.1", host)
        yield partial(search, url, ca_bundle=tools.authority.pem)
        assert peer.seen == []


@fault("The certificate has expired")
def _(tools):
    yield from certified(tools, name="expired", valid=EXPIRED)


@fault("The certificate is not valid yet")
def _(tools):
    yield from certified(tools, name="future", valid=NOT_YET)


@fault("The certificate is for another host")
def _(tools):
    yield from certified(tools, name="elsewhere", host="localhost", at=OTHER_HOST)


@fault("The certificate does not name the IP address")
def _(tools):
    yield from certified(tools, name="named", at=OTHER_HOST)


@fault("The certificate's authority is not known")
def _(tools):
    with serving(Reply(200, answer()), certificate=tools.identity("unknown").paths) as peer:
        yield partial(search, peer.url)
        assert peer.seen == []


@fault("The certificate is signed by itself")
def _(tools):
    with serving(Reply(200, answer()), certificate=tools.self_signed) as peer:
        yield partial(search, peer.url)


@fault("The port speaks plain http")
def _(tools):
    with serving(Reply(200, answer())) as peer:
        yield partial(search, peer.url.replace("http:", "https:"))


def wanting_certificate(tools, **ours):
    with serving(
        Reply(200, answer()),
        certificate=tools.identity("mutual").paths,
        client_ca=tools.authority.file,
    ) as peer:
        yield partial(search, peer.url, ca_bundle=tools.authority.pem, **ours)
        assert peer.seen == []


@fault("A client certificate is asked for and there is none")
def _(tools):
    yield from wanting_certificate(tools)


@fault("The client certificate is of another authority")
def _(tools):
    stranger = tools.stranger
    ours = {
        "client_certificate": stranger.chain.read_text(),
        "client_key": stranger.key.read_text(),
    }
    yield from wanting_certificate(tools, **ours)


@fault("The client certificate and its key do not fit")
def _(tools):
    ours = {
        "client_certificate": tools.stranger.chain.read_text(),
        "client_key": tools.identity("other").key.read_text(),
    }
    yield partial(search, "https://registry.example.test/search", **ours)


@fault("The CA bundle is no certificate")
def _(tools):
    yield partial(search, "https://registry.example.test/search", ca_bundle="nonsense")


@fault("The proxy does not exist")
def _(tools):
    tools.no_names()
    url = "https://registry.example.test/search"
    yield partial(search, url, proxy="http://proxy.example.test:3128")


@fault("The proxy refuses the connection")
def _(tools):
    proxy = f"http://127.0.0.1:{closed_port()}"
    yield partial(search, "https://registry.example.test/search", proxy=proxy)


def behind_proxy(status, url="https://registry.example.test/search"):
    with serving(Reply(status, b"")) as proxy:
        yield partial(search, url, proxy=proxy.url, allowed_in_clear=True)
        assert CANARY not in str(proxy.seen)[: 10_000 if url.startswith("https") else 0]


@fault("The proxy asks for a login")
def _(tools):
    yield from behind_proxy(407)


@fault("The proxy asks for a login (plain http)")
def _(tools):
    yield from behind_proxy(407, "http://registry.example.test/search")


@fault("The proxy does not reach the registry")
def _(tools):
    yield from behind_proxy(502)


@fault("The token endpoint does not know the client")
def _(tools):
    yield credentials(tools.registry, client_secret="wrong").fetch


@fault("The token endpoint's path is wrong")
def _(tools):
    yield partial(token, f"{tools.registry.url}/realms/sample/tokens")


@fault("The token endpoint answers a web page")
def _(tools):
    tools.registry.set_dials(token_html=200)
    yield credentials(tools.registry).fetch


@fault("The token endpoint gives no token")
def _(tools):
    tools.registry.set_dials(token_missing=True)
    yield credentials(tools.registry).fetch


@fault("The token endpoint is down")
def _(tools):
    tools.registry.set_dials(token_html=503)
    yield credentials(tools.registry).fetch


@fault("The token endpoint redirects")
def _(tools):
    elsewhere = {"Location": "https://login.example.test/"}
    with serving(Reply(302, b"", elsewhere)) as peer:
        yield partial(token, f"{peer.url}/token")


@fault("The registry does not take the token")
def _(tools):
    tools.registry.set_dials(http_401=True)
    yield partial(fetch, tools.registry)


@fault("The registry is not allowed to us")
def _(tools):
    with serving(Reply(403, {"detail": "Role registry-reader is missing"})) as peer:
        yield partial(search, peer.url)


@fault("The path is wrong (a web page)")
def _(tools):
    tools.registry.set_dials(html=404)
    yield partial(fetch, tools.registry)


@fault("The path is wrong (JSON)")
def _(tools):
    yield partial(_at, tools, f"{tools.registry.base_url}/registry/search")


@fault("The path is wrong (only GET is served there)")
def _(tools):
    with serving(Reply(405, {"detail": "Method Not Allowed"})) as peer:
        yield partial(search, peer.url)


@fault("The query is wrong")
def _(tools):
    yield partial(fetch, tools.registry, RegistryQuery("{ getRegistrants { name age } }"))


@fault("The registry misses a field of the request")
def _(tools):
    tools.registry.set_dials(require="header.sender_id")
    yield partial(fetch, tools.registry)


@fault("The registry has too much to do")
def _(tools):
    tools.registry.set_dials(http_429=7)
    yield partial(fetch, tools.registry)


@fault("The registry is down")
def _(tools):
    tools.registry.set_dials(http_500=503)
    yield partial(fetch, tools.registry)


@fault("The registry redirects")
def _(tools):
    with serving(Reply(307, b"", {"Location": "https://elsewhere.example.test/"})) as peer:
        yield partial(search, peer.url)


@fault("A web page is answered (200)")
def _(tools):
    with serving(Reply(200, b"<html>Sign in</html>", {"Content-Type": "text/html"})) as peer:
        yield partial(search, peer.url)


@fault("Something else in JSON is answered (200)")
def _(tools):
    with serving(Reply(200, {"hello": "world"})) as peer:
        yield partial(search, peer.url)


@fault("Plain GraphQL is answered (200)")
def _(tools):
    with serving(Reply(200, {"data": {"getRegistrants": []}})) as peer:
        yield partial(search, peer.url)


@fault("The envelope of the answer is broken (200)")
def _(tools):
    with serving(Reply(200, answer(status="maybe"))) as peer:
        yield partial(search, peer.url)


@fault("The answer is cut (200)")
def _(tools):
    with serving(Reply(200, b'{"message": {')) as peer:
        yield partial(search, peer.url)


@fault("The registry rejects the search (200)")
def _(tools):
    tools.registry.set_dials(rjct=True)
    yield partial(fetch, tools.registry)


@fault("The answer holds no records (200)")
def _(tools):
    tools.registry.set_dials(null_data=True)
    yield partial(fetch, tools.registry)


def _at(tools, url):
    way = G2PConnectTransport(url, OAuth(Tokens(credentials(tools.registry))))
    with SocialRegistry(way) as source:
        return source.fetch(HOUSEHOLDS, FIRST)
