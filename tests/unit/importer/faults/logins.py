"""Tokens: none is given, or it is not taken."""

from functools import partial

from ..peers import Reply, serving
from ..support import credentials, fetch
from .catalogue import fault, search, token


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
