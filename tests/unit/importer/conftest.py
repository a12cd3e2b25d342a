"""One sample registry for all tests, as it was at start for each of them."""

import socket
import time

import pytest
from hypothesis import settings

from tests.servers.social_registry.launcher import running

from .certificates import Authority, self_signed

# The same examples every time: a red build has a cause in the change it builds.
settings.register_profile("importer", derandomize=True, database=None, deadline=None)
settings.load_profile("importer")


@pytest.fixture(autouse=True)
def direct_connections(monkeypatch):
    """A proxy of the machine the tests run on cannot reach their servers."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")


@pytest.fixture(scope="session")
def process():
    with running(households=7, seed=11) as registry:
        yield registry


@pytest.fixture
def registry(process):
    process.reset()
    return process


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """Paths of a certificate for 127.0.0.1 that nobody trusts, and of its key."""
    return self_signed(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    """An authority that nobody trusts unless told to."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def no_names(monkeypatch):
    """No host name resolves, here or in the network the tests run in."""

    def unknown(*_args, **_kwargs):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)


@pytest.fixture
def far_from_utc(monkeypatch):
    """The machine keeps the time of Kiribati, UTC+14, written the POSIX way."""
    monkeypatch.setenv("TZ", "KIR-14")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()
