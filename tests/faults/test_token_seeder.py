"""People sent to an MTS that restarts, forgets and loses callbacks."""

import os

import pytest

from tests.faults.token_stage import token_stage
from tests.faults.token_trial import Trial, under_fire

TRIAL = Trial(people=300, restarts=5)


@pytest.fixture(scope="module")
def stage(postgres):
    with token_stage(postgres, f"faults_mts_{os.getpid()}", pace=0.002) as on:
        yield on


def test_through_five_restarts_and_lost_callbacks_everybody_is_answered(stage):
    outcome = under_fire(stage, TRIAL)
    assert outcome.people == TRIAL.people
    assert outcome.is_good, outcome
    assert outcome.lost, "nothing was lost: this proves nothing"
