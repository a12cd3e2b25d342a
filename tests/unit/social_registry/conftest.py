"""One registry process for all tests; each test finds it as it was at start."""

import pytest

from tests.servers.social_registry.launcher import running

from .support import Client


@pytest.fixture(scope="session")
def process():
    with running(households=12, seed=5) as registry:
        yield registry


@pytest.fixture
def registry(process):
    process.reset()
    return process


@pytest.fixture
def client(registry):
    client = Client(registry)
    client.log_in()
    yield client
    client.http.close()
