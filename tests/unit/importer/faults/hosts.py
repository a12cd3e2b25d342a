"""Hosts, ports and proxies: nobody answers."""

import socket
from functools import partial

from ..answers import answer
from ..peers import Reply, serving
from ..support import CANARY, fetch
from .catalogue import fault, search


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


@fault("The address is no address")
def _(tools):
    yield partial(search, "https://")


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
