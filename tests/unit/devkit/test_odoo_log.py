"""Odoo's log is read rightly: totals, failures, skips, and what nobody expected."""

import pytest

from devkit import allowances, odoo_log
from devkit.addon_tests import judge

AT = "2026-11-21 09:10:47,992 12090"
GOOD = f"""\
Running as user 'root' is a security risk.
{AT} INFO db odoo.addons.a.tests.test_x: Starting TestX.test_one ...
{AT} INFO db odoo.tests.stats: a: 2 tests 0.10s 20 queries
{AT} INFO db odoo.tests.result: 0 failed, 0 error(s) of 2 tests when loading database 'db'
"""
FAILING = f"""\
{AT} INFO db odoo.addons.a.tests.test_x: ======================
{AT} ERROR db odoo.addons.a.tests.test_x: FAIL: TestX.test_one
Traceback (most recent call last):
  File "x.py", line 1, in test_one
AssertionError: 1 != 2

{AT} ERROR db odoo.tests.result: 1 failed, 0 error(s) of 2 tests when loading database 'db'
"""


def read(text):
    return odoo_log.read_tests(text.splitlines(keepends=True))


def test_a_good_run():
    result = judge(read(GOOD))
    assert (result.tests, result.wrong, result.skipped) == (2, 0, 0)


def test_a_failure_keeps_its_traceback_and_counts_once(capsys):
    result = judge(read(FAILING))
    assert (result.tests, result.failed, result.problems) == (2, 1, [])
    assert "AssertionError: 1 != 2" in capsys.readouterr().out


def test_the_last_error_is_told_without_the_lines_after_it():
    assert odoo_log.last_error(FAILING.rpartition(AT)[0] + GOOD).startswith("FAIL: TestX.test_one")
    assert "1 != 2" in odoo_log.last_error(FAILING.rpartition(AT)[0] + GOOD)
    assert odoo_log.last_error("killed\n") == "killed"


def test_a_skip_without_leave_is_a_problem():
    skip = f"{AT} INFO db odoo.addons.a.tests.test_x: skipped TestX.test_two : no reason\n"
    result = judge(read(skip + GOOD))
    assert result.skipped == 1
    assert result.problems == ["skipped without leave: TestX.test_two: no reason"]


@pytest.mark.parametrize("level", ["WARNING", "ERROR", "CRITICAL"])
def test_a_serious_line_that_nobody_expects_is_a_problem(level):
    result = judge(read(f"{AT} {level} db odoo.models: broken\nat line 3\ndetail\n\n" + GOOD))
    assert result.problems == [f"{level} odoo.models: broken ... detail"]


def test_an_expected_line_is_none():
    line = (
        "ERROR db odoo.addons.base.models.assetsbundle: 'Could not get content for "
        "mail/static/lib/selfie_segmentation/selfie_segmentation.js.' in file 'x'"
    )
    assert judge(read(f"{AT} {line}\n" + GOOD)).wrong == 0


@pytest.mark.parametrize(
    ("reason", "wrong"),
    [("could not serialize access due to concurrent update", 0), ("syntax error", 1)],
)
def test_of_bad_queries_only_the_lost_races_are_expected(reason, wrong):
    text = f"{AT} ERROR db odoo.sql_db: bad query: b' UPDATE x'\nERROR: {reason}\n\n"
    assert judge(read(text + GOOD)).wrong == wrong


def test_a_run_that_never_came_to_its_end_is_a_problem():
    crashed = GOOD.rpartition(AT)[0] + f"{AT} INFO db odoo.modules.loading: loading\n"
    assert judge(read(crashed)).problems == ["Odoo ended before the tests did"]


def test_a_run_in_which_nothing_was_tested_is_a_problem():
    nothing = f"{AT} WARNING db odoo.tests.result: 0 failed, 0 error(s) of 0 tests when loading\n"
    assert judge(read(nothing)).problems == ["no test was found"]


def test_an_allowance_without_a_reason_is_refused(tmp_path):
    file = tmp_path / "list.txt"
    file.write_text("# why\n\nWARNING a: b\n")
    with pytest.raises(allowances.Unexplained):
        allowances.read(file)
    file.write_text("# why\nWARNING a: b\n")
    assert allowances.allowed("WARNING a: b", allowances.read(file))
    assert not allowances.allowed("WARNING a: b and more", allowances.read(file))


def test_the_lists_in_use_can_be_read():
    assert allowances.read(allowances.EXPECTED_LOG_LINES)
    assert allowances.read(allowances.EXPECTED_AFTER_KILLS)
    assert allowances.read(allowances.ALLOWED_SKIPS) == []
