"""What was wrong in the 17.0 importer's calls, by its number in the list of known defects.

4a: security and privacy. 4b: wrong or lost data, crashes.
"""

import logging

import pytest
from graphql import parse, validate
from wire.errors import ConfigurationError, QueryError, RefusalError, RegistryError
from wire.oauth import ClientCredentials
from wire.query import Page, RegistryQuery

from tests.servers.social_registry.schema import SCHEMA

from .answers import answer
from .peers import Reply, serving
from .support import CANARY, FIRST, HOUSEHOLDS, Tokens, credentials, failure, fetch, fetch_at


def sent(registry, query=HOUSEHOLDS, page=FIRST):
    """The envelope the registry got."""
    fetch(registry, query, page)
    return registry.log()[-1]["envelope"]


def criteria(envelope):
    return envelope["message"]["search_request"][0]["search_criteria"]


def test_4a06_neither_token_nor_answer_is_logged(registry, caplog):
    caplog.set_level(logging.DEBUG)
    tokens = Tokens(credentials(registry))
    rows = fetch(registry, tokens=tokens).records
    assert tokens.token.value not in caplog.text
    assert rows[0]["name"] not in caplog.text


def test_4a08_an_address_without_encryption_is_refused():
    url = "http://social-registry.example.test/search"
    assert "https" in str(failure(ConfigurationError, fetch_at, url))


def test_4a10_each_source_asks_with_a_client_of_its_own():
    token = {"access_token": "abc", "expires_in": 60}
    with serving(Reply(200, token)) as provider:
        for client in ("north", "south"):
            ClientCredentials(provider.url, client, f"secret of {client}").fetch()
    assert [seen.form["client_id"] for seen in provider.seen] == ["north", "south"]
    assert provider.seen[1].form["client_secret"] == "secret of south"


def test_4b03_the_cursor_can_be_the_registrys_clock_and_not_ours():
    with serving(Reply(200, answer(timestamp="2020-02-02T02:02:02+02:00"))) as peer:
        assert fetch_at(peer.url).answered_at.isoformat() == "2020-02-02T00:02:02+00:00"


def test_4b04_a_limit_in_the_query_cannot_hide_the_rest():
    text = "{ getRegistrants(limit:2) { name } }"
    assert "limit" in str(failure(QueryError, RegistryQuery, text))


def test_4b05_a_full_import_does_not_ask_by_creation_date(registry):
    assert "lastSyncDate" not in criteria(sent(registry))["query"]


@pytest.mark.parametrize("comment", ["# all of them", "#", "# {", '# "', '# """'])
def test_4b06_trailing_comment_does_not_swallow_the_arguments(registry, comment):
    query = RegistryQuery(f"{{ getRegistrants {{ name }} }} {comment}")
    assert len(fetch(registry, query, Page(True, 2)).records) == 2


@pytest.mark.parametrize(
    "text",
    [
        'query Q($g: String = "x") { getRegistrants(gender: $g) { name } }',
        "{ people: getRegistrants { name regIds { value } } }",
        '{ getRegistrants ( # (\n name: "a(b" ) { name } }',
        "query Q { ... on Query { getRegistrants { ... { name } } } }",
        "{ totalRegistrantCount getRegistrants { name @include(if: true) } }",
        '{ getRegistrants(name: """(""") { name } }',
    ],
)
def test_4b07_arguments_go_to_the_root_field_whatever_the_text_looks_like(text):
    printed = RegistryQuery(text).text_for_page(FIRST)
    assert validate(SCHEMA, parse(printed)) == []
    assert printed.count("limit:3") == printed.count("isGroup:true") == 1


def test_4b07_a_target_the_author_wrote_is_not_doubled(registry):
    query = RegistryQuery("{ getRegistrants(isGroup: true) { name } }")
    assert criteria(sent(registry, query))["query"].count("isGroup") == 1


def test_4b07_a_sync_date_the_author_wrote_is_refused():
    text = '{ getRegistrants(lastSyncDate: "2026-01-01") { name } }'
    assert "lastSyncDate" in str(failure(QueryError, RegistryQuery, text))


def test_4b07_a_query_for_something_else_is_refused():
    failure(QueryError, RegistryQuery, "{ getGroups(limit: 1) { name } }")


def test_4b08_the_total_of_one_page_decides_nothing(registry):
    query = RegistryQuery("{ totalRegistrantCount getRegistrants { name } }")
    registry.set_dials(wrong_total=0)
    assert len(fetch(registry, query).records) == 3
    assert "totalRegistrantCount" not in criteria(sent(registry, query))["query"]


@pytest.mark.parametrize(
    ("status", "detail", "words"),
    [
        (401, "Invalid Access Token", "Invalid Access Token"),
        (404, "Unknown argument 'regIds'.", "Unknown argument 'regIds'."),
        (422, [{"loc": ["body", "header"], "msg": "Field required"}], "body.header"),
        (400, "Bad query", "Bad query"),
    ],
)
def test_4b09_the_registrys_own_words_reach_the_user(status, detail, words):
    reply = Reply(status, {"detail": detail})
    with serving(reply) as peer, pytest.raises(RegistryError) as caught:
        fetch_at(peer.url)
    assert words in str(caught.value)


@pytest.mark.parametrize("level", ["header", "item"])
def test_4b10_a_rejection_inside_a_success_is_noticed(registry, level):
    reason = {"level": level, "code": "rjct.search_criteria.invalid", "message": "Not like this"}
    registry.set_dials(rjct={"value": reason})
    error = failure(RefusalError, fetch, registry)
    assert "rjct.search_criteria.invalid – Not like this" in str(error)


def test_4b10_null_data_is_a_refusal_in_words(registry):
    registry.set_dials(null_data=True)
    assert "data is empty" in str(failure(RefusalError, fetch, registry))


def test_4b10_errors_inside_a_success_are_noticed(registry):
    registry.set_dials(errors="err.service.unavailable")
    assert "err.service.unavailable" in str(failure(RefusalError, fetch, registry))


def test_4b11_the_body_is_declared_as_json():
    with serving(Reply(200, answer())) as peer:
        fetch_at(peer.url)
    assert peer.seen[0].headers["Content-Type"] == "application/json"


def test_4b11_a_call_asks_for_one_page_and_never_for_the_whole_registry(registry):
    fetch(registry)
    assert registry.log()[-1]["limit"] == 3


def test_4b12_a_lower_case_token_type_is_not_passed_on(registry):
    registry.set_dials(token_type="bearer")
    assert len(fetch(registry).records) == 3


def test_4b12_a_missing_token_is_not_sent_as_none(registry):
    registry.set_dials(token_missing=True)
    failure(ConfigurationError, fetch, registry)
    assert registry.log() == []


def test_4b13_the_signature_arrives_and_one_request_is_counted(registry):
    envelope = sent(registry)
    assert envelope["signature"] == ""
    assert envelope["header"]["total_count"] == 1
    assert "sinature" not in str(envelope)


@pytest.mark.parametrize(
    ("is_group", "kind"),
    [(True, "G2P:RegistryType:Group"), (False, "G2P:RegistryType:Individual")],
)
def test_4b13_the_registry_type_follows_the_target(registry, is_group, kind):
    assert criteria(sent(registry, page=Page(is_group, 1)))["reg_type"] == kind


def test_4b24_the_query_is_not_logged(registry, caplog):
    caplog.set_level(logging.DEBUG)
    fetch(registry, RegistryQuery(f'{{ getRegistrants(name: "{CANARY}") {{ name }} }}'))
    assert caplog.records  # urllib3 does speak
    assert CANARY not in caplog.text
