"""Answers with one part replaced by anything at all."""

import contextlib

from hypothesis import given, settings
from hypothesis import strategies as st
from wire.envelope import read_response
from wire.errors import RegistryError

from .answers import answer

NAMES = ("status", "data", "reg_records", "errors", "error", "code", "message", "timestamp")
PLACES = (
    (),
    ("header",),
    ("header", "status"),
    ("header", "status_reason_code"),
    ("message",),
    ("message", "ack_status"),
    ("message", "error"),
    ("message", "search_response"),
    ("message", "search_response", 0),
    ("message", "search_response", 0, "status"),
    ("message", "search_response", 0, "timestamp"),
    ("message", "search_response", 0, "status_reason_message"),
    ("message", "search_response", 0, "data"),
    ("message", "search_response", 0, "data", "reg_records"),
    ("errors",),
)
words = st.sampled_from(
    ["succ", "rjct", "pdng", "rcvd", "NACK", "ACK", "9999-12-31T23:59:59-01:00"]
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | words | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=300)
@given(st.sampled_from(PLACES), anything)
def test_any_answer_ends_in_records_or_in_a_decision(place, value):
    """300 examples."""
    with contextlib.suppress(RegistryError):
        assert isinstance(read_response(spoilt(place, value)).data, (dict, list))


def spoilt(place, value):
    """A good answer with one part replaced."""
    if not place:
        return value
    document = owner = answer()
    for step in place[:-1]:
        owner = owner[step]
    owner[place[-1]] = value
    return document
