"""A run goes on by itself when its workers die, at whatever moment, and its content is the same."""

import os

from devkit import balance_sheet
from tests.faults import survival

#: Some 3,000 people on 30 pages.
TRIAL = survival.Trial(households=600, page_size=20, kills=5)


def test_a_run_whose_workers_are_killed_ends_done_with_the_content_of_an_undisturbed_one(postgres):
    name = f"faults_{os.getpid()}"
    peaceful = survival.in_peace(postgres, f"{name}_peace", TRIAL)
    ending = survival.under_fire(postgres, f"{name}_fire", TRIAL)
    assert {kill.victim for kill in ending.kills} == {"worker", "node"}
    assert balance_sheet.is_good(ending.sheet), ending
    assert ending.content == peaceful.content
    assert ending.sheet["received_count"] == TRIAL.households
    assert ending.sheet["created_count"] == ending.content.households
