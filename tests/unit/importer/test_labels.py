"""Finding a record at the source that cannot be read."""

import pytest
from meaning.labels import label

ONE = {"idTypeAsStr": "NATIONAL ID", "value": "N-550"}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"name": "OTIENO, AMARA", "regIds": [ONE]}, "NATIONAL ID N-550"),
        ({"regIds": [None, {"value": 1.5}, ONE]}, "NATIONAL ID N-550"),
        ({"name": " OTIENO, AMARA ", "regIds": [{"value": "N-550"}]}, "OTIENO, AMARA"),
        ({"name": "OTIENO, AMARA", "regIds": "N-550"}, "OTIENO, AMARA"),
        ({"name": "OTIENO, AMARA"}, "OTIENO, AMARA"),
        ({"name": {"given": "AMARA"}}, ""),
        ({"name": None}, ""),
        ({}, ""),
        (None, ""),
        ("N-550", ""),
    ],
)
def test_a_record_is_found_by_its_identifiers_else_by_its_name(raw, expected):
    assert label(raw) == expected
