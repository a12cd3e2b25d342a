"""What is kept of a registrant that a run changed, and how later changes are noticed."""

from hypothesis import given
from hypothesis import strategies as st
from meaning.changes import Changes, merged

ROW, OTHER = "g2p.reg.id,7", "g2p.phone.number,7"
VALUES = st.dictionaries(st.sampled_from(["value", "status"]), st.text(), min_size=1)


def change(before, after):
    """A change of one row: its values before (None: it was added) and after."""
    made = Changes()
    made.note_added(ROW) if before is None else made.note(ROW, before)
    made.seal(ROW, after)
    return made


def test_what_is_noted_first_is_what_was_there():
    made = Changes()
    made.note(ROW, {"value": "A"})
    made.note(ROW, {"value": "B", "status": "valid"})
    assert made.before == {ROW: {"value": "A", "status": "valid"}}


def test_an_added_row_stays_an_added_row():
    made = Changes()
    made.note_added(ROW)
    made.note(ROW, {"value": "A"})
    assert made.before == {ROW: None}


def test_no_change_is_nothing():
    assert not Changes()
    assert change({"value": "A"}, {"value": "B"})


def test_no_value_is_kept_of_what_was_written():
    assert "secret" not in str(change({"value": "A"}, {"value": "secret"}).after)


def test_a_row_is_as_left_while_its_values_are():
    made = change({"value": "A"}, {"value": "B"})
    assert made.is_as_left(ROW, {"value": "B"})
    assert not made.is_as_left(ROW, {"value": "A"})
    assert not made.is_as_left(ROW, {"value": False})


def test_fields_that_were_not_written_do_not_matter():
    made = change({"value": "A"}, {"value": "B"})
    assert made.is_as_left(ROW, {"value": "B", "status": "invalid"})


def test_empty_relations_and_empty_texts_are_alike():
    assert change({"kind": [1]}, {"kind": []}).is_as_left(ROW, {"kind": False})


@given(VALUES, VALUES, VALUES)
def test_two_changes_of_a_row_are_one_from_the_first_to_the_last(first, second, third):
    whole = merged([change(first, second), change({**first, **second}, third)])
    assert whole.before == {ROW: {**second, **first}}
    assert whole.is_as_left(ROW, {**second, **third})


@given(VALUES, VALUES)
def test_a_row_that_was_added_and_changed_was_added(first, second):
    whole = merged([change(None, first), change(first, second)])
    assert whole.before == {ROW: None}
    assert whole.is_as_left(ROW, {**first, **second})


def test_changes_of_several_rows_stand_side_by_side():
    other = Changes({OTHER: None}, {OTHER: {}})
    assert set(merged([change({"value": "A"}, {"value": "B"}), other]).before) == {ROW, OTHER}
