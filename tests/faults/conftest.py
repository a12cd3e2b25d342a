"""For each file of faults: Odoo on a new database, with real job workers, and a registry."""

import os
from itertools import count

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.faults.stage import stage

_number = count(1)


@pytest.fixture(scope="module")
def signing_key():
    """The key by which the registry signs what it answers."""
    return Ed25519PrivateKey.generate()


@pytest.fixture(scope="module")
def on(postgres, signing_key, tmp_path_factory):
    """A stage with twenty households, whose retries pause for seconds only."""
    file = tmp_path_factory.mktemp("keys") / "registry.pem"
    file.write_bytes(signing_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    name = f"faults_{os.getpid()}_{next(_number)}"
    with stage(postgres, name, households=20, sign_key=file) as ready:
        ready.shorten_pauses()
        yield ready
