"""The end of a token tells it from another one, and does not give it away."""

import pytest
from mts_meaning.tail import tail_of


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("294283190346", "…0346"),
        (" 294283190346 ", "…0346"),
        ("29428319034", "…"),
        ("0346", "…"),
        ("", "…"),
        (None, "…"),
    ],
)
def test_at_most_a_third_is_shown(value, shown):
    assert tail_of(value) == shown
