"""What an answer means, by its envelope."""

from datetime import UTC, datetime

import pytest
from wire.envelope import read_response
from wire.errors import ConfigurationError, RefusalError

from .answers import RECORDS, answer
from .support import CANARY, all_words, failure


def test_records_come_out_as_they_are():
    assert read_response(answer()).data == RECORDS


def test_records_may_be_a_list():
    assert read_response(answer(data={"reg_records": [{"name": "A"}]})).data == [{"name": "A"}]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-02T08:15:01Z", datetime(2026, 3, 2, 8, 15, 1, tzinfo=UTC)),
        ("2026-03-02T08:15:01+05:30", datetime(2026, 3, 2, 2, 45, 1, tzinfo=UTC)),
        ("2026-03-02T08:15:01", datetime(2026, 3, 2, 8, 15, 1, tzinfo=UTC)),
        ("yesterday", None),
        ("0001-01-01T00:00:00+23:00", None),
        ("", None),
        (None, None),
    ],
)
def test_the_registrys_clock_is_read_as_utc_or_left_out(text, moment):
    assert read_response(answer(timestamp=text)).answered_at == moment


def test_a_time_without_a_zone_is_utc_wherever_the_machine_stands(far_from_utc):
    moment = datetime(2026, 3, 2, 8, 15, tzinfo=UTC)
    assert read_response(answer(timestamp="2026-03-02T08:15:00")).answered_at == moment


def test_an_answer_without_a_time_is_an_answer():
    document = answer()
    del document["message"]["search_response"][0]["timestamp"]
    assert read_response(document).answered_at is None


@pytest.mark.parametrize("status", [None, "succ"])
def test_a_header_is_not_needed_for_success(status):
    document = answer(header={"status": status})
    assert read_response(document).data == RECORDS
    del document["header"]
    assert read_response(document).data == RECORDS


@pytest.mark.parametrize("message", [{"search_response": []}, {"search_response": ...}])
def test_no_search_response_is_a_refusal(message):
    document = answer(message=message)
    if message["search_response"] is ...:
        del document["message"]["search_response"]
    assert "without a search response" in str(failure(RefusalError, read_response, document))


@pytest.mark.parametrize("data", [None, {}, {"reg_records": None}, {"version": "1.0.0"}])
def test_success_without_records_is_a_refusal(data):
    assert "data is empty" in str(failure(RefusalError, read_response, answer(data=data)))


@pytest.mark.parametrize("document", [None, [], "text", 5, True, {}, {"signature": ""}])
def test_something_else_altogether_is_a_matter_of_settings(document):
    assert "breaks the G2P Connect envelope: $" in str(
        failure(ConfigurationError, read_response, document)
    )


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ({"header": {}}, "$.message is missing"),
        (answer() | {"message": CANARY}, "$.message"),
        (answer() | {"header": [CANARY]}, "$.header"),
        (answer(header={"status": CANARY}), "$.header.status"),
        (answer(header={"status_reason_code": {CANARY: 1}}), "$.header.status_reason_code"),
        (answer(message={"search_response": {CANARY: 1}}), "$.message.search_response"),
        (answer(message={"search_response": [CANARY]}), "$.message.search_response[0]"),
        (answer(message={"search_response": [{}]}), "$.message.search_response[0].status"),
        (answer(message={"error": CANARY}), "$.message.error"),
        (answer(message={"ack_status": [CANARY]}), "$.message.ack_status"),
        (answer(status=CANARY), "$.message.search_response[0].status"),
        (answer(status=None), "$.message.search_response[0].status"),
        (answer(timestamp={CANARY: 1}), "$.message.search_response[0].timestamp"),
        (answer(data=CANARY), "$.message.search_response[0].data"),
        (answer(data={"reg_records": CANARY}), "$.message.search_response[0].data.reg_records"),
    ],
)
def test_a_wrong_type_is_named_by_its_path_and_never_quoted(document, path):
    error = failure(ConfigurationError, read_response, document)
    assert f"envelope: {path}" in str(error)
    assert CANARY not in all_words(error)
