"""For each file of faults: Odoo on a new database, with real job workers, and a registry."""

import os
from itertools import count

import pytest

from tests.faults.stage import stage

_number = count(1)


@pytest.fixture(scope="module")
def on(postgres):
    """A stage with twenty households, whose retries pause for seconds only."""
    with stage(postgres, f"faults_{os.getpid()}_{next(_number)}", households=20) as ready:
        ready.shorten_pauses()
        yield ready
