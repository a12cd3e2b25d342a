"""How an answer says no, or not yet."""

import pytest
from wire.envelope import read_response
from wire.errors import RefusalError, RegistryError, TemporaryError

from .answers import answer
from .support import CANARY, all_words, failure


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
