"""What the answers of the sample registry mean, by its dials, over real sockets."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from wire.errors import ConfigurationError, QueryRefusal, TemporaryError
from wire.query import Page, RegistryQuery

from .peers import Reply, serving
from .support import FIRST, HOUSEHOLDS, Tokens, credentials, failure, fetch, fetch_at


def refused(registry, kind, **dials):
    """The decision that a fault leads to."""
    registry.set_dials(**dials)
    return failure(kind, fetch, registry)


def test_an_expired_token_is_renewed_once_and_the_search_goes_on(registry):
    registry.set_dials(http_401={"calls": 1})
    tokens = Tokens(credentials(registry))
    assert len(fetch(registry, tokens=tokens).records) == 3
    assert tokens.calls == [False, True]
    assert [search["status"] for search in registry.log()] == [401, 200]


def test_a_token_that_is_used_up_is_replaced_and_the_new_one_sent(registry):
    registry.set_dials(token_uses=1)
    tokens = Tokens(credentials(registry))
    for _ in range(3):
        assert len(fetch(registry, tokens=tokens).records) == 3
    assert registry.token_calls() == 3


def test_a_token_refused_for_good_is_a_matter_of_settings_with_the_registrys_words(registry):
    error = refused(registry, ConfigurationError, http_401=True)
    assert "(401): Invalid Access Token" in str(error)
    assert [search["status"] for search in registry.log()] == [401, 401]


def test_a_401_without_words_says_so():
    with serving(Reply(401, b"")) as peer:
        error = failure(ConfigurationError, fetch_at, peer.url)
    assert "no reason given" in str(error)
    assert len(peer.seen) == 2


def test_a_graphql_error_is_a_refusal_with_the_registrys_words(registry):
    query = RegistryQuery("{ getRegistrants { name age } }")
    error = failure(QueryRefusal, fetch, registry, query)
    assert "Cannot query field 'age' on type 'Partner'" in str(error)


def test_a_bad_order_is_a_refusal(registry):
    page = Page(is_group=True, limit=1, order="no_such_field asc")
    assert "(404)" in str(failure(QueryRefusal, fetch, registry, HOUSEHOLDS, page))


def test_a_page_that_is_not_there_is_a_matter_of_settings(registry):
    error = refused(registry, ConfigurationError, html=True)
    assert "Nothing is served at this path (404)" in str(error)


def test_an_invalid_envelope_names_the_place_and_not_the_input(registry, monkeypatch):
    whole = "wire.envelope._request_header"
    monkeypatch.setattr(whole, lambda *_args: {"total_count": "canary-input"})
    monkeypatch.setattr("wire.envelope._check", lambda *_args: None)
    error = failure(ConfigurationError, fetch, registry)
    assert "(422): body.header.total_count: Input should be a valid integer" in str(error)
    assert "canary-input" not in str(error)


@pytest.mark.parametrize(
    ("seconds", "pause"), [(7, 7.0), ("0", 0.0), (10**9, 86_400.0), ("9" * 400, 86_400.0)]
)
def test_too_many_requests_tells_when_to_come_back(registry, seconds, pause):
    error = refused(registry, TemporaryError, http_429=seconds)
    assert "(429)" in str(error)
    assert error.retry_after == pause


@pytest.mark.parametrize("zone", ["GMT", "+0000", "-0000", ""])
def test_too_many_requests_may_name_a_date_in_any_of_its_spellings(registry, zone):
    moment = datetime.now(UTC) + timedelta(seconds=90)
    text = f"{format_datetime(moment)[:-6]} {zone}".strip()
    error = refused(registry, TemporaryError, http_429=text)
    assert 80 <= error.retry_after <= 90


def test_a_date_that_has_passed_means_at_once(registry):
    error = refused(registry, TemporaryError, http_429="Wed, 21 Oct 2015 07:28:00 GMT")
    assert error.retry_after == 0.0


@pytest.mark.parametrize("text", ["soon", "-3", "1.5", "\u00b2", "Wed, 99 Oct 2026 07:28:00 GMT"])
def test_a_pause_nobody_can_read_is_left_to_us(text):
    with serving(Reply(429, b"", {"Retry-After": text})) as peer:
        assert failure(TemporaryError, fetch_at, peer.url).retry_after is None


@pytest.mark.parametrize("status", [500, 502, 503, 504, 408, 425])
def test_trouble_at_the_other_side_is_temporary(registry, status):
    error = refused(registry, TemporaryError, http_500=status)
    assert str(error).endswith(f"busy or down ({status})."), "not in the registry's own words"
    assert error.retry_after is None


@pytest.mark.parametrize("status", [400, 403, 405, 413, 415])
def test_other_statuses_are_a_matter_of_settings(registry, status):
    error = refused(registry, ConfigurationError, http_500=status)
    assert f"({status}): Internal Server Error" in str(error)


def test_the_standards_own_list_of_errors_is_shown():
    body = {"errors": [{"code": "err.request.forbidden", "message": "Not for you"}]}
    with serving(Reply(403, body)) as peer:
        error = failure(ConfigurationError, fetch_at, peer.url)
    assert "(403): err.request.forbidden: Not for you" in str(error)


@pytest.mark.parametrize(
    "body",
    [
        [],
        None,
        "text",
        {"detail": {"input": "canary"}},
        {"detail": [["canary"], {"loc": None, "msg": ["canary"]}]},
        b"[" * 50_000,
        b"\xff\xfe",
        b"<html>canary</html>",
    ],
)
def test_an_error_body_of_any_shape_leads_to_the_same_decision(body):
    with serving(Reply(400, body)) as peer:
        error = failure(ConfigurationError, fetch_at, peer.url)
    assert "(400)" in str(error)
    assert "canary" not in str(error)


def test_words_become_one_line_that_can_be_stored():
    detail = "Bad\r\nquery:\x00 half \ud83d of a character \x1b[31m"
    with serving(Reply(400, {"detail": detail})) as peer:
        error = failure(ConfigurationError, fetch_at, peer.url)
    assert "(400): Bad query: half of a character [31m. " in str(error)
    str(error).encode()


def test_long_words_are_cut_to_a_length_that_can_be_shown():
    with serving(Reply(400, {"detail": "why " * 10_000})) as peer:
        assert len(str(failure(ConfigurationError, fetch_at, peer.url))) < 400


def test_the_search_goes_out_with_the_page_it_is_for(registry):
    fetch(registry, HOUSEHOLDS, FIRST)
    (search,) = registry.log()
    assert (search["limit"], search["offset"]) == (3, 0)
