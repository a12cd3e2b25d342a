"""What an answer means, by its envelope."""

from datetime import UTC, datetime

import pytest
from wire.envelope import read_response
from wire.errors import ConfigurationError, RefusalError, RegistryError, TemporaryError

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


@pytest.mark.parametrize("part", ["header", "item"])
@pytest.mark.parametrize(
    ("code", "message", "words"),
    [
        ("rjct.filter.invalid", "No such filter", "rjct.filter.invalid – No such filter"),
        ("rjct.filter.invalid", None, "rjct.filter.invalid"),
        ("", "No such filter", "No such filter"),
        (None, "", "no reason given"),
    ],
)
def test_a_rejection_is_a_refusal_in_the_registrys_words(part, code, message, words):
    reason = {
        "status": "rjct",
        "status_reason_code": code,
        "status_reason_message": message,
    }
    document = answer(header=reason) if part == "header" else answer(**reason, data=None)
    assert str(failure(RefusalError, read_response, document)).endswith(f": {words}.")


def test_a_rejection_in_the_header_needs_no_items():
    document = answer(header={"status": "rjct"}, message={"search_response": []})
    assert "refused" in str(failure(RefusalError, read_response, document))


@pytest.mark.parametrize("ack", ["NACK", "ERR", "ACK"])
def test_an_error_of_the_message_layer_is_a_refusal(ack):
    error = {"code": "err.request.forbidden", "message": "Not for you"}
    document = {"message": {"ack_status": ack, "error": error}}
    words = str(failure(RefusalError, read_response, document))
    assert "err.request.forbidden – Not for you" in words


@pytest.mark.parametrize("ack", ["NACK", "ERR"])
def test_a_nack_without_a_reason_is_a_refusal(ack):
    document = {"message": {"ack_status": ack}}
    assert "no reason given" in str(failure(RefusalError, read_response, document))


@pytest.mark.parametrize(
    ("errors", "words"),
    [
        ([{"code": "err.service.unavailable", "message": "Later"}], "err.service.unavailable"),
        ([{"message": "Later"}, {"code": "second"}], "Later"),
        (["text"], "no reason given"),
        ([{}], "no reason given"),
    ],
)
def test_a_list_of_errors_is_a_refusal_even_in_a_success(errors, words):
    error = failure(RefusalError, read_response, {"errors": errors} | answer())
    assert words in str(error)


@pytest.mark.parametrize("part", ["header", "item"])
@pytest.mark.parametrize("status", ["pdng", "rcvd"])
def test_an_answer_that_is_not_there_yet_is_temporary(part, status):
    document = answer(header={"status": status}) if part == "header" else answer(status=status)
    failure(TemporaryError, read_response, document)


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


@pytest.mark.parametrize(
    "document",
    [
        answer(status="rjct"),
        answer(header={"status": "pdng"}),
        answer(message={"ack_status": "NACK", "error": {"code": {CANARY: 1}, "message": [CANARY]}}),
        {"errors": [{"code": {CANARY: 1}, "message": [CANARY]}]} | answer(),
    ],
)
def test_records_and_structures_are_never_part_of_a_refusal(document):
    assert CANARY not in all_words(failure_of(document))


def test_a_reason_is_cut_to_a_length_that_can_be_shown():
    document = answer(status="rjct", status_reason_message="why " * 10_000)
    assert len(str(failure(RefusalError, read_response, document))) < 400


def failure_of(document):
    """Whichever decision a document ends in."""
    with pytest.raises(RegistryError) as caught:
        read_response(document)
    return caught.value
