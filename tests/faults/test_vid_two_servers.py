"""Two servers that clean up at the same time delete each VID once; so does one after a dead one."""

import os
from contextlib import closing, contextmanager

import pytest

from devkit import processes
from tests.faults import gate
from tests.faults.vid_stage import VidStage, vid_stage

#: Two batches: one for each server.
PEOPLE = 2000
#: Moments in a batch at which a server can be held back, and what has the number of the ID then.
MOMENTS = {
    "deleting": ("BEFORE DELETE ON g2p_reg_id", "OLD.id"),
    "writing_lines": ("BEFORE INSERT ON g2p_mts_vid_deletion_line", "NEW.row_id"),
}
KEY = 170925
HOLD_BACK = f"""
    CREATE OR REPLACE FUNCTION hold_back() RETURNS trigger LANGUAGE plpgsql
    AS 'BEGIN PERFORM pg_advisory_xact_lock({KEY}); RETURN COALESCE(NEW, OLD); END'
"""
HELD_BACK = """
    SELECT substring(application_name FROM '[0-9]+')::integer FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event = 'advisory'
"""
CONNECTED = "SELECT 1 FROM pg_stat_activity WHERE application_name LIKE '%%-' || %s"


@pytest.fixture(scope="module")
def stage(postgres):
    with vid_stage(postgres, f"faults_vid_{os.getpid()}") as on:
        yield on


def test_two_servers_that_follow_the_rule_at_once_delete_each_vid_once(stage):
    before = stage.plant(PEOPLE)
    message = stage.write_about(before.values())
    with both_at_the_gate(stage):
        stage.set_due(*stage.schedules)
    stage.wait_until(stage.is_idle)
    check(stage, before)
    assert not any(vid in stage.body(message) for vid in before.values())


def test_run_now_on_one_server_and_the_schedule_on_another_delete_each_vid_once(stage):
    before = stage.plant(PEOPLE)
    message = stage.write_about(before.values())
    with both_at_the_gate(stage) as waiting:
        stage.run_now()
        stage.wait_until(lambda: waiting() == 1)
        stage.set_due(stage.schedules[0])
    stage.wait_until(stage.is_idle)
    check(stage, before)
    assert not any(vid in stage.body(message) for vid in before.values())


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_server_that_is_killed_leaves_no_vid_without_its_line(stage, moment):
    stage.revive()
    before = stage.plant(PEOPLE)
    with held_back(stage, moment, max(before)):
        stage.set_due(stage.schedules[0])
        stage.wait_until(lambda: stage.sql(HELD_BACK))
        killed = kill(stage)
        assert len(stage.lines()) == PEOPLE // 2, "it was not at its second batch"
        assert set(stage.lines()) == before.keys() - stage.vids().keys()
    stage.wait_until(lambda: not stage.sql(CONNECTED, killed.process.pid))
    stage.set_due(stage.schedules[0])
    stage.wait_until(stage.is_idle)
    check(stage, before, ["interrupted", "done"])
    assert "was stopped" in stage.receipts()[0]["ending"]


def check(stage: VidStage, before: dict[int, str], states=None) -> None:
    """Each VID is gone and has one line; the receipts say so, and nobody has touched them."""
    assert stage.vids() == {}
    assert sorted(stage.lines()) == sorted(before)
    assert stage.lines("failed") == []
    receipts = stage.receipts()
    assert sum(receipt["deleted_count"] for receipt in receipts) == len(before)
    assert [receipt["state"] for receipt in receipts] == (states or ["done"] * len(receipts))
    assert {stage.verdict(receipt["id"]) for receipt in receipts} == {"success"}


@contextmanager
def both_at_the_gate(stage: VidStage):
    """Two servers have chosen whom to delete, and go on at the same moment."""
    with gate.closed(stage.postgres, stage.database) as waiting:
        yield waiting
        stage.wait_until(lambda: waiting() == 2)


@contextmanager
def held_back(stage: VidStage, moment: str, row: int):
    """Whoever comes to this moment with this ID row waits there."""
    event, number = MOMENTS[moment]
    stage.sql(HOLD_BACK)
    trigger = f"CREATE TRIGGER hold_back {event} FOR EACH ROW WHEN ({number} = {row})"
    stage.sql(f"{trigger} EXECUTE FUNCTION hold_back()")
    try:
        with closing(stage.postgres.connect(stage.database)) as session, session.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", (KEY,))
            yield
    finally:
        stage.sql("DROP FUNCTION hold_back CASCADE")


def kill(stage: VidStage):
    """Kill the server that is held back; its node."""
    [(pid,)] = stage.sql(HELD_BACK)
    [node] = [node for node in stage.nodes if node.process.pid == pid]
    processes.kill(node.process)
    return node
