"""The clients of 17.0 have numbered defects; each of the importer's has a test that names it."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PLACES = ("tests", "g2p_social_registry_importer/tests")
#: Wrong or lost data, and crashes.
NUMBERS = [f"b{number:02}" for number in range(1, 29)]


def numbers() -> Counter:
    """How many tests carry which number in their name."""
    functions = (
        node
        for place in PLACES
        for path in (ROOT / place).rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
    )
    names = (re.match(r"test_([ab]\d\d)_", function.name) for function in functions)
    return Counter(name[1] for name in names if name)


@pytest.fixture(scope="module")
def found() -> Counter:
    return numbers()


@pytest.mark.parametrize("number", NUMBERS)
def test_each_defect_has_a_test_of_its_own(found, number):
    assert found[number], f"no test is called test_{number}_…"


def test_no_test_carries_a_number_that_does_not_exist(found):
    unknown = {number for number in found if number[0] == "b"} - set(NUMBERS)
    assert not unknown
