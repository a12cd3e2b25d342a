"""For each fault dial of the sample MTS: how requests and people end, and what an operator reads.

Writes what came out as a table, `.dev/logs/mts-dial-table.md`.
"""

import json
import os
import re
from collections import Counter

import pytest

from tests.faults.dial_table import DialTable
from tests.faults.mts_dial_rows import ACCIDENTS, BY_LOGIN, PEOPLE, ROWS, WAYS, Row
from tests.faults.token_stage import LINE, PARTNER, TokenStage, token_stage
from tests.faults.token_watch import Watch, last_request
from tests.servers.token_seeder import launcher
from tests.servers.token_seeder.dials import SORTS

RECEIVER = {"login": "mts-receiver", "password": "receives-answers"}
#: Calls a dial without a limit hits at most; what is left tells whether it has hit any.
MANY = 1000
NEVER = 3600


@pytest.fixture(scope="module")
def table():
    """Filled row by row, written at the end."""
    table = DialTable("mts-dial-table", ("requests", "people", "words"))
    yield table
    table.write()


@pytest.fixture(scope="module")
def stage(postgres):
    with token_stage(postgres, f"faults_mts_dials_{os.getpid()}") as on:
        group = on.client.ref("g2p_mts.group_mts_receiver")
        user = {"name": "MTS", "group_ids": [[4, group]], **RECEIVER}
        on.client.call("res.users", "create", user)
        yield on


@pytest.fixture(scope="module")
def sync_seeder():
    """An MTS in the mode that answers at once, and takes no batches."""
    with launcher.running(sync=True) as running:
        yield running


def test_every_dial_has_a_row():
    assert {row.dial for row in ROWS} == SORTS.keys() | set(ACCIDENTS)


@pytest.mark.parametrize(("number", "row"), list(enumerate(ROWS, 100)), ids=str)
def test_a_round_ends_as_it_should_and_says_why(stage, sync_seeder, table, number, row):
    people = set_out(stage, sync_seeder, row, number)
    watch = Watch(stage, last_request(stage), row.hours)
    stage.press()
    have_accident(stage, row)
    watch.follow()
    states = Counter(line["state"] for line in watch.lines())
    told = " / ".join(sorted(watch.told))
    table.add(str(row), ", ".join(watch.requests()), shown(states), told)
    assert row.is_sync or has_struck(stage, row)
    assert (watch.requests(), states.keys()) == (row.requests, row.people), told
    assert re.search(row.words, told), told
    assert told or not row.words
    if states.keys() != {"answered"}:
        put_right(stage, people)
    assert_everybody_has_the_right_token(stage, number)


def set_out(on: TokenStage, sync_seeder: launcher.Seeder, row: Row, number: int) -> list[int]:
    """New people for a connector that sends nobody else, and the dial; their ids."""
    on.seeder.reset()
    values = {"address": False} if row.dial == "nobody valid" else {}
    people = on.add_people(PEOPLE, prefix=f"{number}", **values)
    login = {"callback_auth_username": RECEIVER["login"]}
    login |= {"callback_auth_password": RECEIVER["password"]}
    mts = sync_seeder if row.is_sync else on.seeder
    on.write(
        mts_url=mts.url,
        g2p_search_domain=json.dumps([["name", "=like", f"PERSON {number}%"]]),
        g2p_mandatory="name" if values else "name,gender,dob,fullAddress",
        **WAYS[row.way],
        **(login if WAYS[row.way] is BY_LOGIN else {}),
    )
    if row.dial in SORTS:
        mts.set_dials(**{row.dial: {"calls": MANY, **row.setting}})
    elif row.dial in ("restart", "restart, its store kept"):
        on.seeder.set_settings(pace=NEVER)
    elif row.dial == "slow queue":
        on.seeder.set_settings(pace=0.7)
    return people


def have_accident(on: TokenStage, row: Row) -> None:
    """What happens to the MTS as soon as it has the request."""
    if row.dial not in ("restart", "restart, its store kept", "early clean-up"):
        return
    on.wait_until(lambda: on.requests("sent"), asking=False)
    if row.dial == "early clean-up":
        on.seeder.clean_up()
    else:
        on.seeder.set_settings(pace=0)
        on.seeder.restart(forget=row.dial == "restart")


def has_struck(on: TokenStage, row: Row) -> bool:
    left = on.seeder.control("GET", "dials").get(row.dial)
    return left is None or left["calls"] < MANY


def shown(states: Counter) -> str:
    return ", ".join(f"{number} {state}" for state, number in sorted(states.items())) or "nobody"


def put_right(on: TokenStage, people: list[int]) -> None:
    """Do what the words ask for, and have everybody sent who has no token yet."""
    on.seeder.set_dials()
    on.write(mts_url=on.seeder.url)
    on.client.call(PARTNER, "write", people, {"address": "Plot 9"})
    if on.status() in ("started", "running"):
        on.press()
    waiting = [["partner_id", "in", people], ["state", "!=", "answered"]]
    lines = on.client.call(LINE, "search", [*waiting, ["is_superseded", "=", False]])
    if lines:
        on.client.call(LINE, "action_send_again", lines)
    on.press()
    on.wait_until(lambda: on.status() == "completed", asking=False)


def assert_everybody_has_the_right_token(on: TokenStage, number: int) -> None:
    people = [person for person in on.people() if person.vid.startswith(f"{number}")]
    assert len(people) == PEOPLE
    assert all(person.token == on.right_token(person) for person in people)
