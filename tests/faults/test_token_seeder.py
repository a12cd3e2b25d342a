"""People sent to an MTS that restarts, forgets and loses callbacks."""

import os
import random

import pytest

from tests.faults.token_stage import token_stage

PEOPLE = 300
RESTARTS = 5
SEED = 3


@pytest.fixture(scope="module")
def stage(postgres):
    with token_stage(postgres, f"faults_mts_{os.getpid()}", pace=0.002) as on:
        yield on


def test_through_five_restarts_and_lost_callbacks_everybody_is_answered(stage):
    stage.add_people(PEOPLE)
    stage.write(g2p_batch_floor=20, g2p_batch_size=40, g2p_most_open=2, g2p_most_attempts=20)
    stage.press()
    chance = random.Random(SEED)  # noqa: S311  it shall be the same at each run
    for number in range(RESTARTS):
        wanted = (number + 1) * PEOPLE // (RESTARTS + 2)
        stage.wait_until(lambda wanted=wanted: answered(stage) >= wanted)
        stage.seeder.set_dials(callback_lost={"value": True, "calls": chance.randint(1, 2)})
        stage.seeder.restart(forget=True)
    stage.seeder.set_dials()
    stage.wait_until(lambda: stage.status() == "completed")
    check(stage, PEOPLE)
    assert stage.requests("lost"), "nothing was lost: this proves nothing"


def answered(stage):
    return sum(person.token is not None for person in stage.people())


def check(stage, number):
    """Everybody has the right token, and nobody was sent after being answered."""
    people = stage.people()
    assert len(people) == number
    assert all(person.token == stage.right_token(person) for person in people)
    assert all("answered" in person.states for person in people)
    late = [p for p in people if any(sent and sent > p.answered for sent in p.sent)]
    assert late == []
