"""Encryption, and the certificates of both sides."""

from functools import partial

from ..answers import answer
from ..certificates import EXPIRED, NOT_YET, OTHER_HOST
from ..peers import Reply, serving
from .catalogue import fault, search


@fault("The address is plain http")
def _(tools):
    yield partial(search, "http://registry.example.test/search")


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
