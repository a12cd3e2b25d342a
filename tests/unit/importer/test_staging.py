"""What comes out of a staged page is what went in, record by record."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from meaning.staging import StagedRows, stage, unstage

texts = st.text(st.characters(codec=None, exclude_categories=[]))
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | texts | st.just("],\n["),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(anything, max_size=4))
def test_each_record_comes_back_with_its_own_text(records):
    found = unstage(stage(records))
    assert [record for _text, record in found] == records
    assert [json.loads(text) for text, _record in found] == records


@given(st.lists(anything, max_size=4))
def test_a_staged_page_is_a_json_list(records):
    assert json.loads(stage(records)) == records


@given(st.lists(anything, max_size=4))
def test_each_record_can_be_read_by_itself_from_either_end(records):
    rows = StagedRows(stage(records))
    assert list(rows) == records
    assert list(reversed(rows)) == records[::-1]


def test_only_the_record_that_is_asked_for_is_read():
    rows = StagedRows('["cut,\n{"name": "A"}]')
    assert rows[-1] == {"name": "A"}
    with pytest.raises(ValueError):
        rows[0]


def test_a_page_without_records_is_empty():
    assert unstage(stage([])) == []
    assert list(StagedRows(stage([]))) == []


@pytest.mark.parametrize("payload", ['[{"name": "cut', '[{"name": "A"}, {"name": "B"}]'])
def test_what_was_not_staged_by_us_is_refused(payload):
    with pytest.raises(ValueError):
        unstage(payload)
