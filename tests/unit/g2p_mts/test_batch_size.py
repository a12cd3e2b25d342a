"""Batches grow while whole answers come back, and shrink when one is lost."""

from hypothesis import given
from hypothesis import strategies as st
from mts_meaning.batch_size import FIRST, BatchSize

SIZES = st.integers(1, 5000)


def test_it_begins_with_fifty_and_grows_by_half():
    assert BatchSize().size == FIRST == 50
    assert BatchSize().after_whole_answer() == 75


def test_a_loss_halves_it():
    assert BatchSize(80).after_loss() == 40


@given(size=SIZES, floor=SIZES, more=SIZES)
def test_it_stays_between_floor_and_ceiling(size, floor, more):
    sizes = BatchSize(size, floor, floor + more)
    for after in (sizes.after_loss(), sizes.after_whole_answer()):
        assert floor <= after <= floor + more


@given(size=SIZES)
def test_it_moves_in_the_right_direction(size):
    sizes = BatchSize(size, 1, 10_000)
    assert sizes.after_loss() <= size < sizes.after_whole_answer()
