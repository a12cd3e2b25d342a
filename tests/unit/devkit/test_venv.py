"""Packages come from where this machine's pip would take them, and all versions are fixed."""

import importlib.metadata
import re

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from devkit import paths, venv

# psycopg2-binary holds the module psycopg2; Odoo is not on PyPI.
ELSEWHERE = {"psycopg2", "odoo"}
SERVERS = paths.ROOT / "devkit" / "container" / "requirements-servers.txt"


def pins(*files):
    lines = [
        line.partition("#")[0].strip() for file in files for line in file.read_text().splitlines()
    ]
    return [Requirement(line) for line in lines if line]


def test_the_index_of_pip_is_handed_on():
    listed = "global.index-url='https://pypi.example.test/simple'\nglobal.timeout='60'\n"
    assert venv.index_options(listed) == [
        "--index-url=https://pypi.example.test/simple",
        "--index-strategy=unsafe-best-match",
    ]


def test_several_further_indexes_are_handed_on_one_by_one():
    listed = ":env:.extra-index-url='https://a.example.test https://b.example.test'\n"
    assert venv.index_options(listed)[:2] == [
        "--extra-index-url=https://a.example.test",
        "--extra-index-url=https://b.example.test",
    ]


def test_a_folder_that_is_not_there_is_passed_over_as_pip_does(tmp_path):
    listed = f"global.find-links='{tmp_path} {tmp_path}/gone file://{tmp_path}/gone'\n"
    assert venv.index_options(listed)[:-1] == [f"--find-links={tmp_path}"]


def test_without_settings_nothing_is_said():
    assert venv.index_options("global.timeout='60'\n") == []


def test_every_version_is_fixed():
    loose = [
        str(requirement)
        for requirement in pins(*venv.REQUIREMENTS, SERVERS)
        if not re.fullmatch(r"==\d[\w.]*", str(requirement.specifier))
    ]
    assert loose == []


def test_no_package_is_named_twice():
    names = [canonicalize_name(requirement.name) for requirement in pins(*venv.REQUIREMENTS)]
    assert sorted(names) == sorted(set(names))


def test_the_sample_servers_have_the_same_versions_in_their_container():
    everything = {r.name: r.specifier for r in pins(*venv.REQUIREMENTS)}
    assert {r.name: everything.get(r.name) for r in pins(SERVERS)} == {
        r.name: r.specifier for r in pins(SERVERS)
    }


def test_nothing_is_missing_that_a_named_package_asks_for():
    """The environment is installed without resolving, so the lists have to be complete."""
    named = {canonicalize_name(r.name): r for r in pins(*venv.REQUIREMENTS)}
    wanted = {
        (canonicalize_name(needed.name), str(needed.specifier), name)
        for name in named
        for needed in map(Requirement, importlib.metadata.requires(name) or [])
        if needed.marker is None or needed.marker.evaluate({"extra": ""})
    }
    missing = [
        f"{needed}{versions} for {name}"
        for needed, versions, name in sorted(wanted)
        if needed not in ELSEWHERE and needed not in named
    ]
    assert missing == []
