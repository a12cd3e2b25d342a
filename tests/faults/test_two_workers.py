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
BOTH_WAIT = """
    SELECT count(*) = 2 FROM pg_locks WHERE NOT granted AND relation = 'g2p_reg_id'::regclass
"""
#: The first page is held up, and records of the second one wait for it.
WAITING_FOR_PAGE = """
    SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation = 'g2p_reg_id'::regclass)
       AND EXISTS (SELECT FROM g2p_social_registry_import_page
                    WHERE run_id = %s AND state = 'fetched' AND retry_only IS NOT NULL)
"""


def person(key: str, number: str) -> dict:
    identifier = {"id_type": "NATIONAL ID", "value": number}
    return {"key": key, "is_group": False, "name": f"Person {number}", "reg_ids": [identifier]}


def household(name: str, number: int) -> dict:
    """With a head of its own, and a child that all households share."""
    members = [
        {"individual": f"p{number}", "kinds": ["Head"]},
        {"individual": "shared", "kinds": ["Child"]},
    ]
    return {
        "key": f"h{number}",
        "is_group": True,
        "name": f"Household {number}",
        "reg_ids": [{"id_type": "HOUSEHOLD NO", "value": f"{name}-H-{number}"}],
        "members": members,
    }


def test_a_new_person_on_two_pages_of_one_run_becomes_one_registrant_and_no_page_starts_over(on):
    importer = ready(on, PAGE_SIZE)
    put_people(on, "A")
    with nobody_writes_identifiers(on):
        run = on.start(importer)
        wait_until(on, run, WAITING_FOR_PAGE, run)
    assert on.wait(run) == "done"
    sheet = reading.sheet(on, run)
    assert balance_sheet.is_good(sheet)
    assert (sheet["created_count"], sheet["member_created_count"]) == (HOUSEHOLDS, HOUSEHOLDS + 1)
    assert holders(on, "A-S") == 1
    assert households_of(on, "A-S") == HOUSEHOLDS
    assert tries(on, run) == 1


def test_new_people_of_two_runs_at_once_become_one_registrant_each(on):
    importers = [ready(on, HOUSEHOLDS + 1) for _number in range(2)]
    put_people(on, "B")
    with nobody_writes_identifiers(on):
        runs = [on.start(importer) for importer in importers]
        wait_until(on, runs[0], BOTH_WAIT)
    assert [on.wait(run) for run in runs] == ["done", "done"]
    sheets = [reading.sheet(on, run) for run in runs]
    assert all(map(balance_sheet.is_good, sheets))
    assert sorted(sheet["created_count"] for sheet in sheets) == [0, HOUSEHOLDS]
    assert sorted(sheet["member_created_count"] for sheet in sheets) == [0, HOUSEHOLDS + 1]
    assert holders(on, "B-S") == 1
    assert households_of(on, "B-S") == HOUSEHOLDS
    assert max(tries(on, run) for run in runs) > 1, "the workers have not met"


def ready(on: Stage, page_size: int) -> int:
    """An import to which types of IDs and kinds of members are known: only people are new."""
    # What they find there is replaced.
    importer = on.create_import("group", page_size=page_size, least_share=0)
    assert on.wait(on.start(importer)) == "done"
    return importer


def put_people(on: Stage, name: str) -> None:
    """Have other households at the source, with such people."""
    people = [person("shared", f"{name}-S")]
    people += [person(f"p{number}", f"{name}-{number}") for number in range(HOUSEHOLDS)]
    on.registry.put_registrants([*people, *(household(name, n) for n in range(HOUSEHOLDS))])


@contextmanager
def nobody_writes_identifiers(on: Stage):
    """Who has looked for the people has found nobody, and is about to write them."""
    with closing(on.postgres.connect(on.odoo.database)) as session:
        session.autocommit = False
        with session.cursor() as cursor:
            cursor.execute("LOCK TABLE g2p_reg_id IN SHARE MODE")
        yield
        session.rollback()


def wait_until(on: Stage, run: int, question: str, *values: int) -> None:
    """Wait for a question to be answered with yes, while a run is under way."""
    until = time.monotonic() + PATIENCE
    while on.sql(question, *values) != [(True,)]:
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
