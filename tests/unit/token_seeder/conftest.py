"""One seeder process for all tests; each test finds it as it was at start."""

import pytest

from tests.servers.token_seeder.launcher import running

from .receiver import Receiver
from .support import Client


@pytest.fixture(scope="session")
def process():
    with running() as seeder:
        yield seeder


@pytest.fixture
def seeder(process):
    process.reset()
    return process


@pytest.fixture
def client(seeder):
    client = Client(seeder)
    yield client
    client.http.close()


@pytest.fixture
def receiver():
    with Receiver() as receiver:
        yield receiver
