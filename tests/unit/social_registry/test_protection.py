"""What the registry asks for before it answers, and its GraphQL without the envelope."""

import pytest
import requests

from tests.servers.social_registry.launcher import running

QUERY = {"query": "{ getRegistrants(limit: 1) { __typename } }"}
WRONG = {"query": "{ getRegistrants { age } }"}
MODERN = {"Accept": "application/graphql-response+json, application/json"}


@pytest.fixture(scope="module")
def keyed():
    with running(households=2, api_key="X-Key=plain-word") as registry:
        yield registry


def ask(registry, body, **headers):
    session = requests.Session()
    session.trust_env = False
    return session.post(f"{registry.url}/graphql", json=body, headers=headers, timeout=30)


def test_a_query_is_answered_with_data(keyed):
    answer = ask(keyed, QUERY, **{"X-Key": "plain-word"})
    assert answer.json() == {"data": {"getRegistrants": [{"__typename": "Partner"}]}}


@pytest.mark.parametrize(("headers", "status"), [({}, 200), (MODERN, 400)])
def test_a_wrong_query_has_the_status_of_the_type_that_was_asked_for(keyed, headers, status):
    answer = ask(keyed, WRONG, **{"X-Key": "plain-word"} | headers)
    assert answer.status_code == status
    assert "Cannot query field 'age'" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize("headers", [{}, {"X-Key": "other"}, {"Authorization": "plain-word"}])
def test_nobody_is_answered_without_the_key(keyed, headers):
    answer = ask(keyed, QUERY, **headers)
    assert (answer.status_code, answer.json()) == (401, {"detail": "Invalid API key"})
