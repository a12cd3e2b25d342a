"""The envelope around a search, as it is sent."""

from datetime import UTC, datetime, timedelta

import pytest
from wire import envelope
from wire.errors import ConfigurationError

from .support import CANARY, failure

QUERY = "{getRegistrants(limit:1){name}}"
MEMBERS = [
    "signature",
    "header",
    "header.version",
    "header.message_id",
    "header.message_ts",
    "header.action",
    "header.sender_id",
    "header.total_count",
    "message",
    "message.transaction_id",
    "message.search_request",
    "message.search_request[0].reference_id",
    "message.search_request[0].timestamp",
    "message.search_request[0].search_criteria",
    "message.search_request[0].search_criteria.reg_type",
    "message.search_request[0].search_criteria.query_type",
    "message.search_request[0].search_criteria.query",
]
MAY_BE_EMPTY = ["signature", "header.sender_id"]


def request(**changes):
    return envelope.search_request(QUERY, **{"is_group": True} | changes)


def item(document):
    (only,) = document["message"]["search_request"]
    return only


def owner_of(document, path):
    """The object that holds the member at a path, and the member's name."""
    *steps, last = path.replace("[0]", ".0").split(".")
    for step in steps:
        document = document[int(step) if step == "0" else step]
    return document, last


def changed(path, value):
    """A request with another value at a path."""
    document = request()
    owner, name = owner_of(document, path)
    owner[name] = value
    return document


def test_the_query_travels_as_text_in_one_search():
    criteria = item(request())["search_criteria"]
    assert criteria["query"] == QUERY
    assert criteria["query_type"] == "graphql"


def test_the_header_says_who_asks_whom():
    header = request(sender_id="pbms.example.test", receiver_id="sr.example.test")["header"]
    assert header["sender_id"] == "pbms.example.test"
    assert header["receiver_id"] == "sr.example.test"
    assert header["action"] == "search"
    assert header["version"] == "1.0.0"
    assert header["is_msg_encrypted"] is False
    assert header["meta"] == {}


def test_times_are_now_with_their_zone():
    document = request()
    for text in (document["header"]["message_ts"], item(document)["timestamp"]):
        moment = datetime.fromisoformat(text)
        assert moment.utcoffset() == timedelta(0)
        assert timedelta(0) <= datetime.now(UTC) - moment < timedelta(seconds=10)


def test_each_request_has_identifiers_of_its_own():
    def identifiers(document):
        message = document["message"]
        return {
            document["header"]["message_id"],
            message["transaction_id"],
            item(document)["reference_id"],
        }

    assert len(identifiers(request()) | identifiers(request())) == 6


@pytest.mark.parametrize("path", MEMBERS)
def test_a_request_without_a_required_member_is_not_sent(path):
    document = request()
    owner, name = owner_of(document, path)
    del owner[name]
    error = failure(ConfigurationError, envelope._check, document, "search_request")
    assert str(error).endswith(f"$.{path} is missing.")


@pytest.mark.parametrize("path", MEMBERS)
@pytest.mark.parametrize("value", [None, [CANARY], {"a": CANARY}, -1])
def test_a_member_of_the_wrong_sort_is_named_and_not_quoted(path, value):
    error = failure(ConfigurationError, envelope._check, changed(path, value), "search_request")
    assert f"$.{path}" in str(error)
    assert CANARY not in str(error)


@pytest.mark.parametrize("path", [path for path in MEMBERS if path not in MAY_BE_EMPTY])
def test_an_empty_member_is_named(path):
    error = failure(ConfigurationError, envelope._check, changed(path, ""), "search_request")
    assert f"$.{path}" in str(error)


@pytest.mark.parametrize("path", MAY_BE_EMPTY)
def test_who_asks_and_the_signature_may_be_empty(path):
    envelope._check(changed(path, ""), "search_request")


def test_a_time_without_zone_breaks_the_schema():
    document = changed("header.message_ts", "2026-03-02T08:15:00")
    error = failure(ConfigurationError, envelope._check, document, "search_request")
    assert "$.header.message_ts" in str(error)


def test_an_empty_query_is_not_sent():
    error = failure(ConfigurationError, envelope.search_request, "", is_group=True)
    assert "$.message.search_request[0].search_criteria.query" in str(error)
