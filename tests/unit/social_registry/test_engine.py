"""Kept answers: the same as fresh ones, bounded, and gone as soon as anything changes."""

from concurrent.futures import ThreadPoolExecutor

from tests.servers.social_registry import population
from tests.servers.social_registry.engine import AnswerCache, Engine
from tests.servers.social_registry.store import Store

from .support import Client

QUERY = '{ getRegistrants(order: "id", limit: 9) { name } totalRegistrantCount }'


def engine(cache_bytes):
    store = Store()
    population.fill(store, 5, 25, seed=1)
    return Engine(store, cache_bytes)


def test_a_kept_answer_is_the_fresh_answer():
    keeping, fresh = engine(10_000), engine(0)
    assert keeping.run(QUERY) == keeping.run(QUERY) == fresh.run(QUERY)


def test_a_change_makes_kept_answers_useless():
    keeping = engine(10_000)
    before = keeping.run(QUERY)
    keeping.store.put([{"key": "p1", "name": "SOMEBODY ELSE"}])
    assert "SOMEBODY ELSE" in keeping.run(QUERY) != before


def test_the_least_recently_used_answers_go_first():
    cache = AnswerCache(10)
    cache.put(("a", 1), "xxxx", 1)
    cache.put(("b", 1), "xxxx", 2)
    cache.get(("a", 1))
    cache.put(("c", 1), "xxxx", 3)
    assert [bool(cache.get((name, 1))) for name in "abc"] == [True, False, True]
    cache.put(("too long", 1), "x" * 11, 4)
    assert cache.get(("too long", 1)) is None
    assert cache.get(("a", 1)) == ("xxxx", 1)


def test_many_clients_while_people_change(client):
    """No call may fail or show a household that is half changed."""

    def look(number):
        mine = Client(client.registry)
        mine.log_in()
        for _ in range(8):
            if number == 0:
                client.registry.changes(added=3, changed=5, moved=3, seed=number)
            found = mine.records(
                "{ getRegistrants(isGroup: true) { name groupMembershipIds"
                " { individual { name } } } totalRegistrantCount }"
            )
            assert len(found["getRegistrants"]) == found["totalRegistrantCount"] == 12
        mine.http.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(look, range(6)))
