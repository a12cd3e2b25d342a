"""For each fault dial of the sample registry: how a run ends, and what an operator reads.

Writes what came out as a table, `.dev/logs/dial-table.md`.
"""

import re
import time

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from devkit import balance_sheet
from tests.faults import reading
from tests.faults.dial_rows import HOUSEHOLDS, PAGE_SIZE, ROWS, Row
from tests.faults.dial_table import DialTable
from tests.faults.stage import ACTIVE, RUN, SOURCE, Stage
from tests.servers.social_registry.dials import SORTS, TOKEN

PULSE = 0.1
#: Nobody is left out because of a missing number.
EVERYBODY = {"import_registrant_without_id": True}


@pytest.fixture(scope="module")
def table():
    """Filled row by row, written at the end."""
    table = DialTable()
    yield table
    table.write()


def test_every_dial_has_a_row():
    assert {row.dial for row in ROWS} == SORTS.keys()


@pytest.mark.parametrize(("seed", "row"), list(enumerate(ROWS, 1)), ids=str)
def test_a_run_ends_as_it_should_and_says_what_to_do(on, signing_key, table, seed, row):
    importer = set_out(on, row, seed)
    if row.knows_key:
        tell_key(on, signing_key)
    run = on.start(importer)
    meanwhile = watch(on, run, row.words)
    told = {**reading.words(on, importer, run), "meanwhile": meanwhile}
    table.add(str(row), on.state(run), shown(told, row))
    assert has_struck(on, row)
    assert on.state(run) == row.state, told
    assert re.search(row.words, told[row.place], re.DOTALL), told
    if row.state == "failed":
        retry(on, run)
    assert_everybody_is_in(on, run)


def set_out(on: Stage, row: Row, seed: int) -> int:
    """New people at the registry, a new import of them, and the dial; returns the import."""
    on.registry.set_dials()
    on.registry.populate(HOUSEHOLDS, seed=seed)
    on.registry.clear_log()
    importer = on.create_import("group", page_size=PAGE_SIZE, sync_mode="auto", **EVERYBODY)
    usual = {"timeout": 10, "registry_public_key": False}
    on.client.call(SOURCE, "write", [on.source], usual | dict(row.at_source))
    on.registry.set_dials(**{row.dial: row.setting})
    return importer


def tell_key(on: Stage, signing_key: Ed25519PrivateKey) -> None:
    """Enter the registry's public key, by which its signatures are checked."""
    pem = signing_key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    on.client.call(SOURCE, "write", [on.source], {"registry_public_key": pem.decode()})


def watch(on: Stage, run: int, words: str) -> str:
    """Wait for the end of a run; return what it said on the way, if `words` are found in it."""
    found = ""
    while on.state(run) in ACTIVE:
        said = reading.now(on, run)
        found = said if re.search(words, said) else found
        time.sleep(PULSE)
    return found


def has_struck(on: Stage, row: Row) -> bool:
    if SORTS[row.dial].scope == TOKEN:
        return on.registry.token_calls() > 0
    return any(row.dial in search["faults"] for search in on.registry.log())


def shown(told: dict[str, str], row: Row) -> str:
    """The words for the table: how it ended, and what else the row is about."""
    return told["result"] if row.place == "result" else f"{row.place}: {told[row.place]}"


def retry(on: Stage, run: int) -> None:
    """Press "Retry" once the trouble is over."""
    on.registry.set_dials()
    on.client.call(RUN, "action_retry", [run])
    on.wait(run)


def assert_everybody_is_in(on: Stage, run: int) -> None:
    sheet = reading.sheet(on, run)
    assert balance_sheet.is_good(sheet), sheet
    truth = on.registry.truth()
    assert sheet["created_count"] == truth["households"] == HOUSEHOLDS
    assert memberships(on, run) == truth["memberships"]


def memberships(on: Stage, run: int) -> int:
    """How many memberships the households have that came in by the import of a run."""
    [(number,)] = on.sql(
        """
        SELECT count(*)
          FROM g2p_social_registry_import_run AS run
          JOIN g2p_social_registry_imported_registrants AS link
         USING (fetch_social_registry_id)
          JOIN g2p_group_membership AS membership ON membership.group = link.registrant_id
         WHERE run.id = %s AND membership.is_ended IS NOT TRUE
        """,
        run,
    )
    return number
