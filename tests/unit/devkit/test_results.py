"""What the tests came to, in one table; and a run of the importer, in one sheet."""

from xml.etree import ElementTree

import pytest

from devkit import balance_sheet
from devkit.pytest_tests import skips, unexplained_skips
from devkit.results import Result, is_good, table


def test_the_last_line_counts_everything():
    results = [Result("a", 10, 1, 2), Result("b", 5, problems=["an error in the log"])]
    assert table(results).splitlines()[-1] == "12 passed, 2 failed, 2 skipped"


def test_a_problem_spoils_the_whole_and_so_does_nothing_at_all():
    assert is_good([Result("a", 1)])
    assert not is_good([Result("a", 1), Result("b", 1, problems=["x"])])
    assert not is_good([Result("a")])


def test_a_skip_is_found_with_its_reason():
    report = """<testsuite><testcase classname="t.a" name="test_x"/>
    <testcase classname="t.a" name="test_y"><skipped message="no reason"/></testcase></testsuite>"""
    found = skips(ElementTree.fromstring(report))  # noqa: S314  our own text
    assert found == [("t.a.test_y", "no reason")]
    assert unexplained_skips(found) == ["skipped without leave: t.a.test_y: no reason"]


@pytest.fixture
def run():
    counts = dict.fromkeys(balance_sheet.COUNTS, 0)
    return {
        **counts,
        "received_count": 1000,
        "created_count": 970,
        "skipped_count": 30,
        "member_created_count": 4700,
        "member_unchanged_count": 300,
        "state": "done",
        "state_text": "Every record is in.",
        "is_balanced": True,
        "page_count": 5,
        "imported_page_count": 5,
        "duration": 10.0,
    }


def test_a_sheet_shows_every_outcome_and_the_rate(run):
    text = balance_sheet.text(run)
    assert "received = created + updated + unchanged + skipped + conflict + failed" in text
    assert "5,000 people in 10.0 s: 500 people per second" in text
    assert balance_sheet.is_good(run)


@pytest.mark.parametrize(
    "change",
    [{"state": "incomplete"}, {"is_balanced": False}, {"received_count": 1001}],
    ids=["not done", "not balanced", "numbers do not add up"],
)
def test_a_run_that_is_not_done_or_does_not_balance_is_not_good(run, change):
    assert not balance_sheet.is_good({**run, **change})
