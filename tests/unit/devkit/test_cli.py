"""The command line."""

import pytest

from devkit import commands, paths
from devkit.addon_tests import tag
from devkit.cli import parse
from devkit.failure import Failure


def test_words_for_odoo_are_left_alone():
    words = ["shell", "-d", "demo", "--log-level=error", "--help"]
    assert parse(["odoo", *words]).words == words


def test_words_for_a_benchmark_are_left_alone():
    arguments = parse(["bench", "import_rate", "--households", "5"])
    assert (arguments.name, arguments.words) == ("import_rate", ["--households", "5"])


def test_a_demo_has_a_thousand_households_unless_told_otherwise():
    assert parse(["demo"]).households == 1000
    assert parse(["demo", "--once", "--households", "20", "--port", "8100"]).port == 8100


@pytest.mark.parametrize(
    "command", ["setup", "demo", "up", "test", "bench", "odoo", "createdb", "dropdb"]
)
def test_every_command_is_one_function(command):
    words = [command] + (["x"] if command in ("bench", "createdb", "dropdb") else [])
    assert callable(getattr(commands, parse(words).command))


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("g2p_registry_base", "g2p_registry_base"),
        ("g2p_registry_base:TestX.test_y", "g2p_registry_base:TestX.test_y"),
        ("foundation/g2p_registry_base", "g2p_registry_base"),
        ("foundation/g2p_registry_base/tests", "g2p_registry_base"),
        ("foundation/g2p_registry_base/tests/test_x.py", "g2p_registry_base/tests/test_x.py"),
        ("tests/unit", None),
        ("g2p_unknown", None),
    ],
)
def test_a_target_becomes_the_tag_odoo_knows(monkeypatch, target, expected):
    monkeypatch.chdir(paths.ROOT)
    found = tag(target)
    assert found == expected


def test_a_failure_says_what_failed_why_and_what_to_do():
    lines = str(Failure("It broke.", "Mend it.", "a reason\n")).splitlines()
    assert lines == ["dev: It broke.", "     | a reason", "     Mend it."]
