"""Everything that is sent is text, and what is empty is left out."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mts_meaning.values import as_text, record_of


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        ("  Ñusta ", "Ñusta"),
        ("\0Ñusta\0Q", "Ñusta Q"),
        (date(1984, 7, 19), "1984/07/19"),
        (datetime(2026, 3, 2, 8, 20), "2026-03-02T08:20:00Z"),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (2**31, "2147483648"),
        (2014391641351271, "2014391641351271"),
        (12.5, "12.5"),
        (1e20, "100000000000000000000"),
        (3.0, "3"),
    ],
)
def test_a_value_as_an_mts_takes_it(value, text):
    assert as_text(value) == text


VALUES = st.none() | st.booleans() | st.integers() | st.floats(-1e9, 1e9) | st.text() | st.dates()


@given(st.dictionaries(st.text(min_size=1), VALUES))
def test_a_record_holds_texts_that_are_not_empty(values):
    record = record_of(values)
    assert all(isinstance(text, str) and text for text in record.values())
    assert "False" not in record.values() or "False" in values.values()
    assert record == {name: text for name, value in values.items() if (text := as_text(value))}


def test_an_empty_field_is_not_sent_as_false():
    assert record_of({"gender": None, "name": "A"}) == {"name": "A"}
