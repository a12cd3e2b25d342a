"""Which values an import writes over those that are here, policy by policy."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from meaning.policy import FieldPolicy, digest, digests, values_to_write

SENT, HERE, OTHER = "Kilima Road 4", "Mto Street 11", "شارع 4"
EMPTY = [None, False, ""]
ANY_VALUE = st.one_of(st.none(), st.booleans(), st.text(), st.integers(), st.dates())
ANY_POLICY = st.sampled_from(FieldPolicy)


def written(policy, wanted, current, applied=None):
    """What is written to the one field ``address``; None for nothing.

    :param applied: the value that was applied last; None for never
    """
    last = digests({"address": applied}, ["address"]) if applied is not None else {}
    changes = values_to_write(policy, {"address": wanted}, {"address": current}, last)
    return changes.get("address")


@pytest.mark.parametrize("applied", [None, SENT, HERE, OTHER])
def test_the_source_wins_whatever_was_here(applied):
    assert written(FieldPolicy.SOURCE_WINS, SENT, HERE, applied) == SENT


@pytest.mark.parametrize("empty", EMPTY)
def test_filling_writes_where_nothing_is(empty):
    assert written(FieldPolicy.FILL_EMPTY, SENT, empty) == SENT


@pytest.mark.parametrize("applied", [None, SENT, HERE])
def test_filling_replaces_nothing(applied):
    assert written(FieldPolicy.FILL_EMPTY, SENT, HERE, applied) is None


@pytest.mark.parametrize("empty", EMPTY)
def test_filling_empties_nothing(empty):
    assert written(FieldPolicy.FILL_EMPTY, empty, HERE, HERE) is None


def test_keeping_replaces_what_was_applied():
    assert written(FieldPolicy.KEEP_LOCAL, SENT, HERE, applied=HERE) == SENT


def test_keeping_clears_what_was_applied():
    assert written(FieldPolicy.KEEP_LOCAL, False, HERE, applied=HERE) is False


@pytest.mark.parametrize("wanted", [SENT, False])
def test_keeping_keeps_what_was_changed(wanted):
    assert written(FieldPolicy.KEEP_LOCAL, wanted, HERE, applied=OTHER) is None


@pytest.mark.parametrize("empty", EMPTY)
def test_keeping_keeps_what_was_emptied(empty):
    assert written(FieldPolicy.KEEP_LOCAL, SENT, empty, applied=HERE) is None


def test_keeping_keeps_what_was_here_before_the_first_import():
    assert written(FieldPolicy.KEEP_LOCAL, SENT, HERE) is None


@pytest.mark.parametrize("empty", EMPTY)
def test_keeping_fills_what_was_empty_before_the_first_import(empty):
    assert written(FieldPolicy.KEEP_LOCAL, SENT, empty) == SENT


@given(ANY_POLICY, ANY_VALUE)
def test_what_is_equal_is_never_written(policy, value):
    assert values_to_write(policy, {"address": value}, {"address": value}, {}) == {}


@given(ANY_POLICY, ANY_VALUE, ANY_VALUE, ANY_VALUE)
def test_policies_only_ever_leave_out(policy, wanted, current, applied):
    last = digests({"address": applied}, ["address"])
    changes = values_to_write(policy, {"address": wanted}, {"address": current}, last)
    assert changes in ({}, {"address": wanted})


@pytest.mark.parametrize("value", [SENT, date(1990, 5, 1), True, 4.5, [1, 2]])
def test_a_digest_is_short_and_its_own_for_each_field(value):
    assert len(digest("address", value)) == 8
    assert digest("address", value) != digest("name", value)
    assert digest("address", value) != digest("address", None)


def test_all_empty_values_have_one_digest():
    assert {digest("address", value) for value in [*EMPTY, 0]} == {digest("address", None)}
