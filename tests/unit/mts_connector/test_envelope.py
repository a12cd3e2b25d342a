"""What is sent: the envelope as MTS 1.1 takes it, never with a false."""

import json
import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from mts_wire.callback import Authentication, Callback, OAuth, OdooLogin, StaticBearer
from mts_wire.envelope import Submission, envelope, request_time, without_blanks

CALLBACKS = [
    Callback("https://x.example.test/in"),
    Callback("https://x.example.test/in", in_bulk=True, authentication=StaticBearer("word")),
    Callback(
        "https://x.example.test/in",
        "PUT",
        20,
        authentication=OdooLogin("https://x.example.test/login", "db", "bot", "word"),
    ),
    Callback("https://x.example.test/in", authentication=OAuth("https://i.example.test/t")),
    Callback("https://x.example.test/in", in_bulk=True, file_name="file"),
]


def falses(value):
    """Every false in a JSON value but that of `callInBulk`, where it is meant."""
    if isinstance(value, dict):
        return [f for key, item in value.items() if key != "callInBulk" for f in falses(item)]
    if isinstance(value, list):
        return [found for item in value for found in falses(item)]
    return [value] if value is False or value is None else []


def test_the_time_has_a_fraction_and_ends_in_z():
    east = timezone(timedelta(hours=5, minutes=45))
    assert request_time(datetime(2026, 3, 2, 8, 20, tzinfo=UTC)) == "2026-03-02T08:20:00.000Z"
    assert request_time(datetime(2026, 3, 2, 8, 20, 0, 123456, east)) == "2026-03-02T02:35:00.123Z"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", envelope({})["requesttime"])


def test_metadata_is_a_text_and_every_envelope_has_its_own_id():
    first, second = envelope({"output": "json"}), envelope({"output": "json"})
    assert first["metadata"] == ""
    assert first["id"] != second["id"]


def test_what_is_blank_is_left_out():
    blank = {"a": None, "b": False, "c": "", "d": [], "e": {}}
    assert without_blanks(blank | {"f": "0", "g": [""]}) == {"f": "0", "g": [""]}


@pytest.mark.parametrize("callback", [None, *CALLBACKS])
def test_no_request_holds_a_false_or_a_null(callback):
    request = Submission(callback=callback).request(authdata=[{"vid": "1"}])
    assert falses(json.loads(json.dumps(request))) == []
    assert request["deliverytype"] == ("callback" if callback else "download")


def test_without_authentication_it_is_said_so():
    assert Authentication().properties() == {"authType": "none"}
