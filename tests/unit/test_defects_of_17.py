"""The addons of 17.0 have numbered defects; each has a test here that carries its number.

A are those of the importer's security and privacy, B wrong or lost data and crashes of it, C the
connectors' to a token seeder.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("foundation", "g2p_mts", "g2p_social_registry_importer", "tests")
#: Letter → how many defects are known, numbered from 1.
KNOWN = {"a": 10, "b": 28, "c": 26}
NUMBERS = {f"{letter}{n:02}" for letter, last in KNOWN.items() for n in range(1, last + 1)}


def named() -> Iterator[str]:
    """The numbers in the names of tests."""
    for place in PLACES:
        for path in (ROOT / place).rglob("test_*.py"):
            yield from re.findall(r"def test_([abc]\d\d)_", path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def found() -> set[str]:
    return set(named())


@pytest.mark.parametrize("number", sorted(NUMBERS))
def test_each_defect_has_a_test_of_its_own(found, number):
    assert number in found, f"no test is called test_{number}_…"


def test_no_test_carries_a_number_that_does_not_exist(found):
    assert not found - NUMBERS
