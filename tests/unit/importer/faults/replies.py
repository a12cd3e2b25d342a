"""Answers that hold no page of the registry."""

from functools import partial

from wire.authentication import OAuth
from wire.client import SocialRegistry
from wire.query import RegistryQuery
from wire.transport import G2PConnectTransport

from ..answers import answer
from ..peers import Reply, serving
from ..support import FIRST, HOUSEHOLDS, Tokens, credentials, fetch
from .catalogue import fault, search


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
