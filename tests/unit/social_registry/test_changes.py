"""Changes over time: what they do, what they report, and that a seed repeats them."""

import json

import pytest

from tests.servers.social_registry import population
from tests.servers.social_registry.changes import Changes, parse, play
from tests.servers.social_registry.store import Store

from .support import MEMBERS

AT = "2026-05-06T07:08:09"


def village():
    store = Store()
    population.fill(store, 30, 150, seed=4)
    return store


def members(store):
    return {(home.key, row.person.key) for home in store if home.is_group for row in home.members}


def keys(events):
    return [row["key"] for row in events["records"]]


def test_same_seed_same_changes():
    first, second = village(), village()
    wanted = Changes(added=5, changed=9, moved=4, left=3, ended=2, households=2, seed=6, at=AT)
    assert play(first, wanted) == play(second, wanted)
    assert [one.wire for one in first] == [one.wire for one in second]
    assert play(village(), Changes(changed=9, seed=7)) != play(village(), Changes(changed=9))


def test_added_people_are_members_of_old_households_and_created_now():
    store = village()
    before = len(store)
    done = play(store, Changes(added=4, at=AT))
    assert (done["added"]["count"], len(store)) == (4, before + 4)
    for row in done["added"]["records"]:
        person = store.by_key[row["key"]]
        assert person.wire["createDate"] == "2026-05-06"
        assert [home.key for home in person.groups] == [row["household"]]


def test_changed_people_differ_in_what_is_said_and_keep_their_creation():
    store, before = village(), village()
    done = play(store, Changes(changed=60, at=AT))
    fields = {
        "address": "address",
        "phone": "phoneNumberIds",
        "name": "name",
        "id_expiry": "regIds",
    }
    assert {row["what"] for row in done["changed"]["records"]} == set(fields)
    for row in done["changed"]["records"]:
        new, old = store.by_key[row["key"]], before.by_key[row["key"]]
        assert new.wire[fields[row["what"]]] != old.wire[fields[row["what"]]]
        assert new.create_date == old.create_date
        assert new.wire["writeDate"] == "2026-05-06"
    touched = set(keys(done["changed"]))
    assert len(touched) == 60
    assert all(one.wire == before.by_key[one.key].wire for one in people_without(store, touched))


def people_without(store, touched):
    return [one for one in store if not one.is_group and one.key not in touched]


def test_moved_people_change_household_and_heads_stay():
    store = village()
    before = members(store)
    done = play(store, Changes(moved=8))
    moves = {(row["origin"], row["target"], row["key"]) for row in done["moved"]["records"]}
    assert len(moves) == 8
    assert before - members(store) == {(origin, key) for origin, _, key in moves}
    assert members(store) - before == {(target, key) for _, target, key in moves}
    for home in store:
        assert not home.is_group or ["Head"] in [row.kinds for row in home.members]


def test_people_who_left_stay_registrants():
    store = village()
    before, size = members(store), len(store)
    done = play(store, Changes(left=6))
    assert before - members(store) == {
        (row["household"], row["key"]) for row in done["left"]["records"]
    }
    assert len(store) == size


def test_ended_memberships_do_not_show(client):
    before = client.records(MEMBERS)
    assert client.registry.changes(ended=5)["ended"]["count"] == 5
    assert client.records(MEMBERS) == before


def test_nobody_is_touched_twice():
    done = play(village(), Changes(added=10, changed=40, moved=20, left=20, households=3))
    touched = [key for events in done.values() for key in keys(events)]
    assert len(set(touched)) == len(touched)


def test_more_than_there_are_is_as_many_as_there_are():
    store = Store()
    population.fill(store, 1, 3, seed=1)
    done = play(store, Changes(moved=5, left=50, changed=50))
    assert done["moved"]["count"] == 0
    assert done["left"]["count"] <= 2
    assert done["changed"]["count"] <= 4


def test_new_households_are_what_last_sync_date_finds(client):
    done = client.registry.changes(households=2, added=3, changed=10, seed=2)
    found = client.records(
        '{ getRegistrants(isGroup: true, lastSyncDate: "2026-01-01") { regIds { value } } }'
    )
    assert len(found["getRegistrants"]) == 2 == done["households"]["count"]


def test_changes_are_seen_at_once_although_answers_are_kept(client):
    query = '{ getRegistrants(order: "id") { address name phoneNumberIds { phoneNo } } }'
    before = client.records(query)
    assert client.records(query) == before
    client.registry.changes(changed=20)
    assert client.records(query) != before


def test_specs_on_the_command_line_and_in_files(tmp_path):
    assert parse("added=2, seed=x") == [Changes(added=2, seed="x")]
    path = tmp_path / "changes.json"
    path.write_text(json.dumps([{"left": 1}, {"moved": 2, "after": 0.5}]))
    assert parse(str(path)) == [Changes(left=1), Changes(moved=2, after=0.5)]


@pytest.mark.parametrize("spec", [{"removed": 1}, [1], "x"])
def test_unknown_changes_are_refused(spec):
    with pytest.raises(ValueError, match="changes are"):
        Changes.read(spec)
