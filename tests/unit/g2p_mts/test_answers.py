"""The nonce joins an answer to a person, and only a processed record carries a token."""

import jq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mts_meaning.answers import OUTPUT_FORMAT, PersonAnswer, read_answer, read_answers

GOOD = {"status": "processed", "token": "cnc7JLCw", "errorCode": None}


def answer(nonce="n-1", **output):
    return {"nonce": nonce, "output": GOOD | output}


def test_a_token_for_a_nonce():
    assert read_answer(answer()) == PersonAnswer("n-1", token="cnc7JLCw")


@pytest.mark.parametrize("status", ["error", "invalid", "submitted", None])
def test_only_a_processed_record_carries_a_token(status):
    read = read_answer(answer(status=status, errorCode="IDA-MLC-018"))
    assert read == PersonAnswer("n-1", error="IDA-MLC-018")


@pytest.mark.parametrize("token", [None, "", " ", "two words", "x" * 101, 17, "a\nb"])
def test_what_cannot_be_a_token_is_none(token):
    assert read_answer(answer(token=token)).token == ""


def test_a_text_in_place_of_an_error_code_is_not_passed_on():
    read = read_answer(answer(status="error", errorCode="Amara Otieno was not found"))
    assert read.error == "ATS-REQ-100"


@pytest.mark.parametrize("item", [None, [], "text", 5, {}, {"nonce": 7, "output": GOOD}])
def test_what_is_no_answer_has_no_nonce(item):
    assert read_answer(item).nonce == ""


@pytest.mark.parametrize("nonce", ["", "a\0b", "\ud800", "two words", "ñ", "n" * 101])
def test_a_text_that_no_nonce_of_ours_can_be_is_none(nonce):
    assert read_answer(answer(nonce)) == PersonAnswer("", token="cnc7JLCw")


def test_a_list_and_a_single_answer_are_read_alike():
    assert list(read_answers(answer())) == list(read_answers([answer()]))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON)
def test_nothing_that_arrives_can_break_the_reading(document):
    for read in read_answers(document):
        assert isinstance(read.nonce, str)


def test_the_output_format_brings_the_nonce_back():
    both = {"input": {"nonce": "n-1", "vid": "9001"}, "output": GOOD | {"vid": "9001"}}
    made = jq.compile(OUTPUT_FORMAT).input_value(both).first()
    assert read_answer(made) == PersonAnswer("n-1", token="cnc7JLCw")
    assert "9001" not in str(made)


def test_the_output_format_never_gives_null():
    """MTS delivers a null as an empty body."""
    made = jq.compile(OUTPUT_FORMAT).input_value({"input": {}, "output": {}}).first()
    assert made["nonce"] == ""
