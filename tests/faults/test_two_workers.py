"""Two workers that meet the same new person make one registrant of him, and lose nobody."""

import time
from contextlib import closing, contextmanager

from devkit import balance_sheet
from tests.faults import reading
from tests.faults.stage import ACTIVE, Stage

PAGE_SIZE = 3
HOUSEHOLDS = 6
PULSE = 0.05
PATIENCE = 120
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'g2p_reg_id'::regclass"


def person(key: str, number: str) -> dict:
    identifier = {"id_type": "NATIONAL ID", "value": number}
    return {"key": key, "is_group": False, "name": f"Person {number}", "reg_ids": [identifier]}


def household(number: int) -> dict:
    """With a head of its own, and a child that all households share."""
    members = [
        {"individual": f"p{number}", "kinds": ["Head"]},
        {"individual": "shared", "kinds": ["Child"]},
    ]
    return {
        "key": f"h{number}",
        "is_group": True,
        "name": f"Household {number}",
        "reg_ids": [{"id_type": "HOUSEHOLD NO", "value": f"HH-{number}"}],
        "members": members,
    }


def test_a_new_person_on_two_pages_that_are_imported_at_once_becomes_one_registrant(on):
    importer = on.create_import("group", page_size=PAGE_SIZE)
    # Types of IDs and kinds of members are here then: only people are new.
    assert on.wait(on.start(importer)) == "done"
    people = [person("shared", "S-1"), *(person(f"p{n}", f"P-{n}") for n in range(HOUSEHOLDS))]
    on.registry.put_registrants([*people, *map(household, range(HOUSEHOLDS))])
    with nobody_writes_identifiers(on):
        run = on.start(importer)
        wait_for_both_workers(on, run)
    assert on.wait(run) == "done"
    sheet = reading.sheet(on, run)
    assert balance_sheet.is_good(sheet)
    assert (sheet["created_count"], sheet["member_created_count"]) == (HOUSEHOLDS, HOUSEHOLDS + 1)
    assert holders(on, "S-1") == 1
    assert households_of(on, "S-1") == HOUSEHOLDS
    assert tries(on, run) > 1, "the workers have not met"


@contextmanager
def nobody_writes_identifiers(on: Stage):
    """Both workers have looked for the person, found nobody, and are about to write."""
    with closing(on.postgres.connect(on.odoo.database)) as session:
        session.autocommit = False
        with session.cursor() as cursor:
            cursor.execute("LOCK TABLE g2p_reg_id IN SHARE MODE")
        yield
        session.rollback()


def wait_for_both_workers(on: Stage, run: int) -> None:
    until = time.monotonic() + PATIENCE
    while on.sql(WAITING) != [(2,)]:
        assert on.state(run) in ACTIVE
        assert time.monotonic() < until, "the two pages are not imported at once"
        time.sleep(PULSE)


def holders(on: Stage, number: str) -> int:
    """How many registrants have this number."""
    query = "SELECT count(DISTINCT partner_id) FROM g2p_reg_id WHERE value = %s"
    [(found,)] = on.sql(query, number)
    return found


def households_of(on: Stage, number: str) -> int:
    """How many households who has this number is a member of."""
    query = """
        SELECT count(*)
          FROM g2p_group_membership AS membership
          JOIN g2p_reg_id AS own ON own.partner_id = membership.individual
         WHERE own.value = %s AND membership.is_ended IS NOT TRUE
    """
    [(found,)] = on.sql(query, number)
    return found


def tries(on: Stage, run: int) -> int:
    """How often the page of a run was tried that was tried most often."""
    query = "SELECT max(attempts) FROM g2p_social_registry_import_page WHERE run_id = %s"
    [(most,)] = on.sql(query, run)
    return most
