"""The framework-free package `wire` of the addon, and one seeder process for all tests."""

import importlib.util
import sys

import pytest

from devkit.paths import ROOT
from tests.servers.token_seeder.launcher import running

WIRE = ROOT / "foundation" / "mts_connector" / "wire"


def _load_wire():
    """Make the package known as `mts_wire`: the addon around it needs Odoo."""
    spec = importlib.util.spec_from_file_location(
        "mts_wire", WIRE / "__init__.py", submodule_search_locations=[str(WIRE)]
    )
    sys.modules["mts_wire"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules["mts_wire"])


_load_wire()


@pytest.fixture(scope="session")
def process():
    with running() as seeder:
        yield seeder


@pytest.fixture
def seeder(process):
    process.reset()
    return process
