"""What tests of several kinds share."""

import pytest


@pytest.fixture(scope="session")
def postgres():
    """The PostgreSQL server of ./dev: that of PGHOST, else the embedded one."""
    from devkit import postgres  # noqa: PLC0415  most tests need no database

    with postgres.running() as server:
        yield server


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Let fixtures see at their end whether their test has failed."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


FAILED = pytest.StashKey[bool]()
