"""Whatever valid query an operator writes, a registry answers the page's query."""

import json

from graphql import execute_sync, parse
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from wire.query import Page, RegistryQuery

from tests.servers.social_registry import population
from tests.servers.social_registry.engine import Engine
from tests.servers.social_registry.schema import SCHEMA, Call
from tests.servers.social_registry.store import Store

from .random_queries import Wanted, queries

EXAMPLES = 300
HOUSEHOLDS, PEOPLE = 6, 25


def sample() -> Engine:
    store = Store()
    population.fill(store, HOUSEHOLDS, PEOPLE, seed=3)
    return Engine(store, 0)


ENGINE = sample()


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(queries(), st.integers(1, 40), st.integers(0, 40))
def test_the_sample_registry_answers_any_valid_query(wanted: Wanted, limit, offset):
    """300 examples of random_queries, executed by the real schema against real people."""
    assume(wanted.arguments.get("birthdate") is None)  # no day: the registry's own refusal
    page = Page(wanted.is_group, limit, offset)
    data = json.loads(ENGINE.run(RegistryQuery(wanted.text).text_for_page(page)))
    rows = data.get("getRegistrants", [])
    assert {key for row in rows for key in row} <= {path.partition(".")[0] for path in wanted.paths}
    matching = HOUSEHOLDS if wanted.is_group else PEOPLE
    expected = max(0, min(limit, matching - offset))
    filters = {name: v for name, v in wanted.arguments.items() if name != "isGroup"}
    is_filtered = any(value is not None for value in filters.values())
    assert len(rows) == expected or is_filtered or _hides_its_root(wanted.text)
    assert len(rows) <= expected
    if rows and wanted.is_group and "isGroup" in rows[0]:
        assert all(row["isGroup"] for row in rows)


def _hides_its_root(text: str) -> bool:
    """Whether the author's own query, by its directives, asks for nobody."""
    call = Call(ENGINE.listing, ENGINE.total)
    ENGINE.total.rows = 0
    data = execute_sync(SCHEMA, parse(text), context_value=call).data
    return not any(isinstance(value, list) for value in data.values())
