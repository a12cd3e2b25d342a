"""What was wrong in the 17.0 importer's calls, by its number in the list of known defects.

a: security and privacy. b: wrong or lost data, crashes.
"""

import logging

import pytest
from wire.errors import ConfigurationError, RefusalError, RegistryError
from wire.oauth import ClientCredentials
from wire.query import Page, RegistryQuery

from .answers import answer
from .peers import Reply, serving
from .support import (
    CANARY,
    Tokens,
    credentials,
    criteria,
    failure,
    fetch,
    fetch_at,
    sent,
)


def test_a06_neither_token_nor_answer_is_logged(registry, caplog):
    caplog.set_level(logging.DEBUG)
    tokens = Tokens(credentials(registry))
    rows = fetch(registry, tokens=tokens).records
    assert tokens.token.value not in caplog.text
    assert rows[0]["name"] not in caplog.text


def test_a08_an_address_without_encryption_is_refused():
    url = "http://social-registry.example.test/search"
    assert "https" in str(failure(ConfigurationError, fetch_at, url))


def test_a10_each_source_asks_with_a_client_of_its_own():
    token = {"access_token": "abc", "expires_in": 60}
    with serving(Reply(200, token)) as provider:
        for client in ("north", "south"):
            ClientCredentials(provider.url, client, f"secret of {client}").fetch()
    assert [seen.form["client_id"] for seen in provider.seen] == ["north", "south"]
    assert provider.seen[1].form["client_secret"] == "secret of south"


def test_b03_the_cursor_can_be_the_registrys_clock_and_not_ours():
    with serving(Reply(200, answer(timestamp="2020-02-02T02:02:02+02:00"))) as peer:
        assert fetch_at(peer.url).answered_at.isoformat() == "2020-02-02T00:02:02+00:00"


@pytest.mark.parametrize(
    ("status", "detail", "words"),
    [
        (401, "Invalid Access Token", "Invalid Access Token"),
        (404, "Unknown argument 'regIds'.", "Unknown argument 'regIds'."),
        (422, [{"loc": ["body", "header"], "msg": "Field required"}], "body.header"),
        (400, "Bad query", "Bad query"),
    ],
)
def test_b09_the_registrys_own_words_reach_the_user(status, detail, words):
    reply = Reply(status, {"detail": detail})
    with serving(reply) as peer, pytest.raises(RegistryError) as caught:
        fetch_at(peer.url)
    assert words in str(caught.value)


@pytest.mark.parametrize("level", ["header", "item"])
def test_b10_a_rejection_inside_a_success_is_noticed(registry, level):
    reason = {"level": level, "code": "rjct.search_criteria.invalid", "message": "Not like this"}
    registry.set_dials(rjct={"value": reason})
    error = failure(RefusalError, fetch, registry)
    assert "rjct.search_criteria.invalid – Not like this" in str(error)


def test_b10_null_data_is_a_refusal_in_words(registry):
    registry.set_dials(null_data=True)
    assert "data is empty" in str(failure(RefusalError, fetch, registry))


def test_b10_errors_inside_a_success_are_noticed(registry):
    registry.set_dials(errors="err.service.unavailable")
    assert "err.service.unavailable" in str(failure(RefusalError, fetch, registry))


def test_b11_the_body_is_declared_as_json():
    with serving(Reply(200, answer())) as peer:
        fetch_at(peer.url)
    assert peer.seen[0].headers["Content-Type"] == "application/json"


def test_b11_a_call_asks_for_one_page_and_never_for_the_whole_registry(registry):
    fetch(registry)
    assert registry.log()[-1]["limit"] == 3


def test_b12_a_lower_case_token_type_is_not_passed_on(registry):
    registry.set_dials(token_type="bearer")
    assert len(fetch(registry).records) == 3


def test_b12_a_missing_token_is_not_sent_as_none(registry):
    registry.set_dials(token_missing=True)
    failure(ConfigurationError, fetch, registry)
    assert registry.log() == []


def test_b13_the_signature_arrives_and_one_request_is_counted(registry):
    envelope = sent(registry)
    assert envelope["signature"] == ""
    assert envelope["header"]["total_count"] == 1
    assert "sinature" not in str(envelope)


@pytest.mark.parametrize(
    ("is_group", "kind"),
    [(True, "G2P:RegistryType:Group"), (False, "G2P:RegistryType:Individual")],
)
def test_b13_the_registry_type_follows_the_target(registry, is_group, kind):
    assert criteria(sent(registry, page=Page(is_group, 1)))["reg_type"] == kind


def test_b24_the_query_is_not_logged(registry, caplog):
    caplog.set_level(logging.DEBUG)
    fetch(registry, RegistryQuery(f'{{ getRegistrants(name: "{CANARY}") {{ name }} }}'))
    assert caplog.records  # urllib3 does speak
    assert CANARY not in caplog.text
