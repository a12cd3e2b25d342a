"""A registry without the envelope, in its own names, over real sockets."""

from datetime import UTC, datetime, timedelta

import pytest
from wire.authentication import OAuth, fixed_token
from wire.bad_rows import fetch_page
from wire.checkup import check_up
from wire.client import SocialRegistry
from wire.dialect import Dialect
from wire.errors import ConfigurationError, QueryRefusal, RefusalError, TemporaryError
from wire.introspection import fields_by_type, read_schema
from wire.query import Page, RegistryQuery
from wire.transport import GraphQLTransport

from tests.servers.social_registry.launcher import running

from .peers import Reply, serving
from .support import FIRST, HOUSEHOLDS, Tokens, credentials, failure

OWN = {"getRegistrants": "people", "limit": "first", "offset": "skip", "order": "sortBy"}
NAMES = ",".join(f"{name}={own}" for name, own in (OWN | {"lastSyncDate": ""}).items())
DIALECT = Dialect(root="people", limit="first", offset="skip", order="sortBy", changed_since="")
GOOD = {"data": {"getRegistrants": [{"name": "A"}]}}


@pytest.fixture(scope="module")
def own_registry():
    with running(households=7, seed=11, graphql_names=NAMES) as registry:
        yield registry


def graphql(registry, dialect=None):
    proof = OAuth(Tokens(credentials(registry)))
    return SocialRegistry(GraphQLTransport(f"{registry.url}/graphql", proof, dialect=dialect))


def fetch_from(peer):
    with SocialRegistry(GraphQLTransport(peer.url, fixed_token("word"))) as source:
        return source.fetch(HOUSEHOLDS, FIRST)


def test_the_same_people_arrive_as_through_the_envelope(registry, own_registry):
    with graphql(registry) as usual, graphql(own_registry, DIALECT) as own:
        rows = usual.fetch(HOUSEHOLDS, FIRST).records
        assert len(rows) == 3
        assert own.fetch(HOUSEHOLDS, FIRST).records == rows


def test_each_name_is_the_registrys_own_and_an_argument_it_lacks_is_left_out(own_registry):
    page = Page(True, 2, offset=4, created_since=datetime(2020, 1, 1, tzinfo=UTC))
    with graphql(own_registry, DIALECT) as source:
        assert len(source.fetch(HOUSEHOLDS, page).records) == 2
    query = own_registry.log()[-1]["query"]
    assert query.startswith("{getRegistrants:people(")
    assert 'isGroup:true first:2 skip:4 sortBy:"id asc"' in query
    assert "lastSyncDate" not in query


def test_without_its_own_names_the_registry_refuses_in_its_own_words(own_registry):
    with graphql(own_registry) as source:
        error = failure(QueryRefusal, source.fetch, HOUSEHOLDS, FIRST)
    assert "(400)" in str(error)
    assert "Cannot query field 'getRegistrants'" in str(error)


def test_the_schema_is_told_in_the_usual_names(registry, own_registry):
    with graphql(registry) as usual, graphql(own_registry, DIALECT) as own:
        texts = [read_schema(source, is_group=True) for source in (own, usual)]
    assert fields_by_type(texts[0]) == fields_by_type(texts[1])


def test_pages_add_up_to_everybody(own_registry):
    with graphql(own_registry, DIALECT) as source:
        pages = [source.fetch(HOUSEHOLDS, Page(True, 3, offset=at)).records for at in (0, 3, 6)]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert len({str(row) for page in pages for row in page}) == 7


def test_a_check_up_works_the_same_way(own_registry):
    with graphql(own_registry, DIALECT) as source:
        found = check_up(source, is_group=True)
    assert {found.obeys_limit.value, found.obeys_offset.value, found.obeys_order.value} == {"yes"}


def test_a_bad_row_keeps_nobody_else_out(own_registry):
    own_registry.populate(3)
    bad = {
        "key": "bad",
        "is_group": True,
        "name": "Bad",
        "reg_ids": [{"id_type": "A", "value": None}],
    }
    own_registry.patch_registrants([bad])
    try:
        with graphql(own_registry, DIALECT) as source:
            answer = fetch_page(source, HOUSEHOLDS, Page(True, 10))
    finally:
        own_registry.reset()
    assert answer.records.count(None) == 1
    assert len(answer.records) == 4


def test_the_registrys_clock_is_the_date_of_its_answer(registry):
    with graphql(registry) as source:
        moment = source.fetch(HOUSEHOLDS, FIRST).answered_at
    assert abs(datetime.now(UTC) - moment) < timedelta(minutes=1)


@pytest.mark.parametrize("date", ["", "soon"])
def test_an_answer_without_a_readable_date_has_none(date):
    with serving(Reply(200, GOOD, {"Date": date})) as peer:
        moment = fetch_from(peer).answered_at
    assert moment is None or isinstance(moment, datetime)


@pytest.mark.parametrize(
    ("status", "body", "kind", "words"),
    [
        (200, {"errors": [{"message": "Unknown field"}]}, QueryRefusal, "Unknown field"),
        (200, {"errors": [{"message": "Half"}], "data": {"a": 1}}, QueryRefusal, "Half"),
        (200, {"errors": [{}]}, QueryRefusal, "invalid"),
        (400, {"errors": [{"message": "Syntax Error"}]}, QueryRefusal, "(400): Syntax Error"),
        (200, {"data": None}, RefusalError, "no data"),
        (200, {"message": {}}, ConfigurationError, "neither data nor errors"),
        (200, [], ConfigurationError, "neither data nor errors"),
        (404, b"<html>", ConfigurationError, "Nothing is served at this path"),
        (405, {"detail": "Method Not Allowed"}, ConfigurationError, "Nothing is served"),
        (503, {"errors": [{"message": "busy"}]}, TemporaryError, "(503)"),
        (200, {"data": {"other": []}}, RefusalError, "no list"),
    ],
)
def test_each_answer_leads_to_a_decision(status, body, kind, words):
    with serving(Reply(status, body)) as peer:
        assert words in str(failure(kind, fetch_from, peer))


def test_the_query_travels_as_json_and_nothing_else():
    with serving(Reply(200, GOOD)) as peer:
        fetch_from(peer)
    (seen,) = peer.seen
    assert seen.headers["Content-Type"] == "application/json"
    assert seen.body.startswith(b'{"query": "{getRegistrants(')


def test_the_text_of_a_query_may_rename_its_fields(own_registry):
    fragment = "fragment F on Partner { isGroup }"
    query = RegistryQuery(f"{{ all: getRegistrants {{ called: name ...F }} }} {fragment}")
    with graphql(own_registry, DIALECT) as source:
        (row,) = source.fetch(query, Page(True, 1)).records
    assert row.keys() == {"name", "isGroup"}
