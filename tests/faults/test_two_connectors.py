"""Two connectors that bring tokens to the same people at the same moment: each gets one, once."""

import dataclasses
import json
import os
from collections.abc import Iterator
from itertools import count

import pytest

from devkit import odoo_log
from tests.faults import gate
from tests.faults.token_stage import CONNECTOR, TokenStage, token_stage
from tests.servers.token_seeder import launcher
from tests.servers.token_seeder.tokens import token_of

PEOPLE = 3
#: The tokens of an MTS depend on the partner it works for.
FIRST, SECOND = "p1", "p2"
_OPEN = """SELECT 1 FROM g2p_mts_request_line WHERE state IN ('queued', 'sent')
        UNION SELECT 1 FROM g2p_mts_answer WHERE state != 'taken_in'"""
_LINES = """
    SELECT vid.value, request.connector_id, line.state, line.error_code,
           token.value, line.offered_token
      FROM g2p_mts_request_line AS line
      JOIN g2p_mts_request AS request ON request.id = line.request_id
      JOIN g2p_reg_id AS vid ON vid.partner_id = line.partner_id AND vid.value ^@ %s
      LEFT JOIN g2p_reg_id AS token ON token.id = line.token_id
     ORDER BY vid.value, request.connector_id"""
_TOKENS = """
    SELECT vid.value, token.value
      FROM g2p_reg_id AS vid
      JOIN g2p_reg_id AS token ON token.partner_id = vid.partner_id AND token.id != vid.id
     WHERE vid.value ^@ %s ORDER BY vid.value"""
ERRORS = ("ERROR", "CRITICAL")
_numbers = count(300)


@pytest.fixture(scope="module")
def stage(postgres):
    with token_stage(postgres, f"faults_two_connectors_{os.getpid()}", partner_id=FIRST) as on:
        yield on


@pytest.fixture(scope="module")
def other(stage):
    """The same stage for another connector, to another MTS, which gives other tokens."""
    [connector] = stage.client.call(CONNECTOR, "copy", [stage.connector], {"name": "Another"})
    with launcher.running(partner_id=SECOND) as seeder:
        yield dataclasses.replace(stage, seeder=seeder, connector=connector)


def test_the_same_token_brought_by_two_is_stored_once_and_answers_both(postgres, stage, other):
    same = dataclasses.replace(other, seeder=stage.seeder)
    prefix = meet(postgres, stage, same)
    tokens = {vid: token_of(vid, FIRST) for vid in vids(prefix)}
    assert stage.sql(_TOKENS, prefix) == list(tokens.items())
    assert stage.sql(_LINES, prefix) == [
        (vid, on.connector, "answered", None, token, None)
        for vid, token in tokens.items()
        for on in (stage, same)
    ]


def test_of_two_tokens_one_is_stored_and_the_other_is_a_conflict(postgres, stage, other):
    prefix = meet(postgres, stage, other)
    partners = {stage.connector: FIRST, other.connector: SECOND}
    lines = stage.sql(_LINES, prefix)
    assert len(lines) == 2 * PEOPLE
    for vid, connector, *found in lines:
        brought = token_of(vid, partners[connector])
        conflict = ["conflict", "TWO-TOKENS", None, brought]
        assert found in (["answered", None, brought, None], conflict)
    winners = [(line[0], line[4]) for line in lines if line[2] == "answered"]
    assert [vid for vid, _token in winners] == vids(prefix)
    assert stage.sql(_TOKENS, prefix) == winners


def meet(postgres, *stages: TokenStage) -> str:
    """New people are sent by all connectors, and their tokens come at once; prefix of their VIDs.

    Nothing is left that was not taken in, and nobody has complained in the logs.
    """
    on, prefix = stages[0], str(next(_numbers))
    on.add_people(PEOPLE, prefix=prefix)
    logs = {log: log.stat().st_size for log in on.odoo.logs}
    with gate.closed(postgres, on.odoo.database) as waiting:
        for each in stages:
            domain = json.dumps([["name", "=like", f"PERSON {prefix}%"]])
            each.write(mts_url=each.seeder.url, g2p_search_domain=domain)
            each.press()
        on.wait_until(lambda: waiting() == len(stages), asking=False)
    on.wait_until(lambda: not on.sql(_OPEN), asking=False)
    on.wait_until(lambda: {each.status() for each in stages} == {"completed"}, asking=False)
    assert [line for log, size in logs.items() for line in complaints(log, size)] == []
    return prefix


def vids(prefix: str) -> list[str]:
    """The VIDs of the people with this prefix, as `add_people` makes them."""
    return [f"{prefix}{place:09}" for place in range(PEOPLE)]


def complaints(log, size: int) -> Iterator[str]:
    """The errors that were written to a log since it had this size."""
    with log.open(errors="replace") as file:
        file.seek(size)
        yield from (e.line for e in odoo_log.entries(file) if e.level in ERRORS)
